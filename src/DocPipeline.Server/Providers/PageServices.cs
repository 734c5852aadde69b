using Azure.Identity;
using DocPipeline.Aws.Comprehend;
using DocPipeline.Aws.Textract;
using DocPipeline.Aws.Wire;
using DocPipeline.Azure.DocumentIntelligence;
using DocPipeline.Providers;
using DocPipeline.Providers.Wire;
using DocPipeline.Server.Hosting;
using Microsoft.Extensions.Logging;

namespace DocPipeline.Server.Providers;

/// <summary>From settings to adapters that read pages.</summary>
internal static class PageServices
{
    /// <exception cref="ProviderRefusal">A setting is not of its form.</exception>
    public static IPageEngine Textract(ServerSettings settings, TimeProvider time)
    {
        var features = FeaturesOf(settings.TextractFeatures);
        return Textract(settings, time, features == TextractFeatures.None
            ? new TextractOptions { Operation = TextractOperation.DetectDocumentText }
            : new TextractOptions { Operation = TextractOperation.AnalyzeDocument, Features = features });
    }

    /// <exception cref="ProviderRefusal">A setting is not of its form.</exception>
    public static IPageEngine Textract(ServerSettings settings, TimeProvider time, TextractOptions options) =>
        new TextractEngine(new TextractClient(new AwsAccess(settings.TextractRegion) { Endpoint = settings.TextractEndpoint, Time = time }, options));

    /// <exception cref="ProviderRefusal">A setting is missing or not of its form.</exception>
    public static IPageEngine DocumentIntelligence(ServerSettings settings, TimeProvider time, ILoggerFactory logs, string model)
    {
        var endpoint = settings.DocumentIntelligenceEndpoint
            ?? throw new ProviderRefusal(
                RefusalKind.Misconfigured, ReaderNames.DocumentIntelligence, $"{ServerSettings.Prefix}DOCUMENT_INTELLIGENCE_ENDPOINT names no resource, but {ServerSettings.Prefix}READERS or {ServerSettings.Prefix}WITNESSES names {ReaderNames.DocumentIntelligence}.");
        var key = string.IsNullOrWhiteSpace(settings.DocumentIntelligenceKey) ? null : new Secret(settings.DocumentIntelligenceKey);
        var options = new DocumentIntelligenceOptions(endpoint)
        {
            Key = key,
            Credential = key is null ? new DefaultAzureCredential() : null,
            Model = model,
            Time = time,
        };
        return new DocumentIntelligenceEngine(new DocumentIntelligenceClient(options, logs.CreateLogger<DocumentIntelligenceClient>()));
    }

    public static ComprehendEngine Comprehend(ServerSettings settings, TimeProvider time, ComprehendOperation operation) => new(
        new ComprehendClient(new AwsAccess(settings.ComprehendRegion) { Endpoint = settings.ComprehendEndpoint, Time = time }, new() { LanguageCode = settings.ComprehendLanguage }), operation);

    private static TextractFeatures FeaturesOf(string text)
    {
        var features = TextractFeatures.None;
        foreach (var name in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            features |= name switch
            {
                "forms" => TextractFeatures.Forms,
                "tables" => TextractFeatures.Tables,
                "signatures" => TextractFeatures.Signatures,
                "layout" => TextractFeatures.Layout,
                _ => throw new ProviderRefusal(RefusalKind.Misconfigured, ReaderNames.Textract, $"{ServerSettings.Prefix}TEXTRACT_FEATURES names '{name}'; it knows forms, tables, signatures and layout."),
            };
        }

        return features;
    }
}
