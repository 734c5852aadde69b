using DocPipeline.Providers;

namespace DocPipeline.Pages;

/// <summary>Services that are asked for the words of a page, in this order, before our own reader is. None by default.</summary>
public sealed record PageEngines(IReadOnlyList<IPageEngine> Services)
{
    public static PageEngines None { get; } = new([]);

    /// <summary>The names joined; empty where there are none. Part of the names of files.</summary>
    public string Cascade { get; } = string.Join('+', Services.Select(service => service.Name));
}
