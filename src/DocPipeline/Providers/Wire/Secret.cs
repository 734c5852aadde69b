namespace DocPipeline.Providers.Wire;

/// <summary>A key or token that no log or message shows by accident.</summary>
public sealed class Secret(string value)
{
    /// <summary>The only way to the characters: for a header of a request.</summary>
    public string Reveal() => value;

    public override string ToString() => "(secret)";
}
