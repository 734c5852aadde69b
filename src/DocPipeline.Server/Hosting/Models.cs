using DocPipeline.Aws.Bedrock;
using DocPipeline.Aws.Wire;
using DocPipeline.LanguageModels;
using DocPipeline.Providers;
using DocPipeline.Providers.Wire;
using DocPipeline.Resolve.Ask;
using DocPipeline.Server.Cli;
using DocPipeline.Server.Providers;
using Microsoft.Extensions.DependencyInjection;

namespace DocPipeline.Server.Hosting;

/// <summary>The language models of the settings. None are made where none are named: nothing then reaches out.</summary>
internal static class Models
{
    public static IServiceCollection AddModels(this IServiceCollection services, ServerSettings settings) => services
        .AddSingleton(settings.Ask)
        .AddSingleton(provider => new PersonalDataFinder(settings.LlmRedact == "comprehend" ? WitnessServices.PersonalData(settings, provider.GetRequiredService<TimeProvider>()) : null))
        .AddSingleton(_ => Of(settings));

    /// <exception cref="CommandFailure">Settings do not fit together.</exception>
    public static AskedModels Of(ServerSettings settings)
    {
        try
        {
            var models = Named(settings).Select(model => model.Make()).ToList();
            return new(models.ElementAtOrDefault(0), models.ElementAtOrDefault(1));
        }
        catch (ProviderRefusal refusal)
        {
            throw new CommandFailure(ExitCodes.Environment, refusal.Message, "How each service is switched on: README.md, Services. What works: ./run doctor");
        }
    }

    /// <summary>Every model that the settings name, small before large, and what makes its adapter.</summary>
    public static IEnumerable<(string Name, Func<ILanguageModel> Make)> Named(ServerSettings settings) => settings.Llm == "none"
        ? []
        : new[] { settings.LlmModel, settings.LlmLargeModel }.Where(model => !string.IsNullOrWhiteSpace(model)).Select(model => ($"{settings.Llm} {model}", (Func<ILanguageModel>)(() => Make(settings, model!))));

    private static ILanguageModel Make(ServerSettings settings, string model)
    {
        var of = new ModelSettings(settings.Llm, model, settings.LlmEndpoint is { } endpoint && settings.Llm != "bedrock" ? new Uri(endpoint) : null, settings.LlmApiKey)
        {
            Deadline = TimeSpan.FromSeconds(settings.LlmSeconds),
            KnowsSchemas = settings.LlmJson == "schema",
            KeyHeader = settings.Llm == "azure" ? "api-key" : null,
            SeesPictures = settings.LlmPictures,
        };
        return settings.Llm switch
        {
            "anthropic" => new AnthropicModel(of),
            "openai" or "azure" => new OpenAiModel(of),
            "bedrock" => new BedrockModel(new AwsAccess(settings.LlmEndpoint ?? "us-east-1"), new BedrockOptions(model)
            {
                ApiKey = string.IsNullOrWhiteSpace(settings.LlmApiKey) ? null : new Secret(settings.LlmApiKey),
                Form = settings.LlmJson == "schema" ? AnswerForm.JsonSchema : AnswerForm.Tool,
                SeesPictures = settings.LlmPictures,
            }),
            _ => throw new ProviderRefusal(RefusalKind.Misconfigured, settings.Llm, $"{ServerSettings.Prefix}LLM is '{settings.Llm}', which this build does not contain."),
        };
    }
}
