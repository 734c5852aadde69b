using Azure.Core;
using DocPipeline.Providers.Wire;

namespace DocPipeline.Azure.DocumentIntelligence;

/// <summary>Names of the models that the pipeline has a use for.</summary>
public static class DocumentIntelligenceModels
{
    /// <summary>Words only; the cheapest.</summary>
    public const string Read = "prebuilt-read";

    /// <summary>Words, tables, check boxes, paragraphs.</summary>
    public const string Layout = "prebuilt-layout";

    public const string Invoice = "prebuilt-invoice";

    public const string HealthInsuranceCard = "prebuilt-healthInsuranceCard.us";
}

/// <summary>A resource of Azure Document Intelligence. Limits and defaults are Azure's own as of November 2026; they are settings because they change.</summary>
/// <param name="Endpoint">Such as <c>https://NAME.cognitiveservices.azure.com</c>.</param>
public sealed record DocumentIntelligenceOptions(Uri Endpoint)
{
    /// <summary>A key of the resource; null: <see cref="Credential"/>.</summary>
    public Secret? Key { get; init; }

    /// <summary>Entra; used where there is no key.</summary>
    public TokenCredential? Credential { get; init; }

    /// <summary>One of <see cref="DocumentIntelligenceModels"/>, or a model of one's own.</summary>
    public string Model { get; init; } = DocumentIntelligenceModels.Layout;

    /// <summary>What is looked for beside what the model finds, such as <c>keyValuePairs</c>. Each may cost.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    public string ApiVersion { get; init; } = "2024-11-30";

    /// <summary>Largest file that is sent: 500 MB on the paid tier, 4 MB on the free one.</summary>
    public long MaxFileBytes { get; init; } = 500_000_000;

    /// <summary>Most pages of a file.</summary>
    public int MaxPages { get; init; } = 2_000;

    /// <summary>Whether the service is told to forget what it has read as soon as it is here, instead of within a day.</summary>
    public bool DeletesResults { get; init; } = true;

    public WireLimits Limits { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What carries requests; the default is the pool that all adapters share.</summary>
    public HttpMessageHandler Handler { get; init; } = WireHttp.Shared;
}
