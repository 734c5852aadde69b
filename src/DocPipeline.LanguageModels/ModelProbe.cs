using DocPipeline.Providers;

namespace DocPipeline.LanguageModels;

/// <summary>Tries a model with a question that costs next to nothing and needs everything: key, address, name of the model, and JSON in the form that documents will want.</summary>
internal static class ModelProbe
{
    private const string Schema = """{"type":"object","additionalProperties":false,"required":["ready"],"properties":{"ready":{"type":"boolean"}}}""";

    // Models that think first need room for it.
    private const int MostTokens = 1_000;

    public static Task<ProviderProbe> TryAsync(ILanguageModel model, CancellationToken cancellationToken) =>
        ProviderProbe.TryAsync(model.Provider, "one question of some twenty tokens, far below a cent", async () =>
        {
            var reply = await model.AskAsync(new("Answer in JSON that you are ready.", "Are you ready?", Schema, Picture: null, MostTokens), cancellationToken);
            return $"{model.Model} answers by schema ({string.Join(", ", reply.Usage.Units.Where(unit => unit.Value > 0).Select(unit => $"{unit.Value:0} {unit.Key}"))}).";
        });
}
