using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using DocPipeline.Server.Cli;
using Microsoft.Extensions.Configuration;

namespace DocPipeline.Server.Hosting;

/// <content>Reading: each setting by itself, then whether they go together.</content>
internal sealed partial record ServerSettings
{
    /// <summary>Reads and checks all settings; every mistake is reported, not only the first.</summary>
    /// <exception cref="CommandFailure">At least one setting is out of its range or is no number.</exception>
    public static ServerSettings Read(IConfiguration configuration)
    {
        var settings = new ServerSettings();
        var values =
            from part in new object[] { settings, settings.OpenId }
            from property in part.GetType().GetProperties()
            where property.IsDefined(typeof(ConfigurationKeyNameAttribute))
            from mistake in Set(part, property, configuration)
            select mistake;
        // Whether settings go together is asked once all of them are set.
        string[] mistakes = [.. values.ToList(), .. settings.OpenId.Mistakes(), .. LlmMistakes(settings), .. Together(settings)];
        return mistakes.Length == 0
            ? settings
            : throw new CommandFailure(ExitCodes.Environment, $"{mistakes.Length} setting(s) cannot be used.", mistakes);
    }

    public static ServerSettings Read() => Read(new ConfigurationBuilder().AddEnvironmentVariables(Prefix).Build());

    /// <summary>What no setting of the language model can tell by itself.</summary>
    private static IEnumerable<string> LlmMistakes(ServerSettings settings)
    {
        if (settings.Llm == "none")
        {
            yield break;
        }

        if (string.IsNullOrWhiteSpace(settings.LlmModel))
        {
            yield return $"{Prefix}LLM_MODEL names no model, but {Prefix}LLM is '{settings.Llm}'.";
        }

        if (settings is { Llm: "azure", LlmEndpoint: null })
        {
            yield return $"{Prefix}LLM_ENDPOINT names no address, but {Prefix}LLM is 'azure'.";
        }

        if (settings is { Llm: not "bedrock", LlmEndpoint: { } endpoint } && !(Uri.TryCreate(endpoint, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
        {
            yield return $"{Prefix}LLM_ENDPOINT is '{endpoint}', which is no http or https address.";
        }
    }

    private static string Lacking(Type type) => type == typeof(bool) ? "neither true nor false" : type == typeof(Uri) ? "no address" : type == typeof(double) || type == typeof(decimal) ? "no number" : "no whole number";

    /// <summary>What no bucket's setting can tell by itself.</summary>
    private static IEnumerable<string> Together(ServerSettings settings)
    {
        if (settings is { S3Bucket.Length: > 0, S3Region: null, S3Endpoint.Length: 0 })
        {
            yield return $"{Prefix}S3_BUCKET needs {Prefix}S3_REGION, or {Prefix}S3_ENDPOINT where the store is not Amazon's.";
        }
    }

    private static IEnumerable<string> Set(object settings, PropertyInfo property, IConfiguration configuration)
    {
        var key = property.GetCustomAttribute<ConfigurationKeyNameAttribute>()!.Name;
        if (configuration[key] is { } text)
        {
            var converter = TypeDescriptor.GetConverter(property.PropertyType);
            if (!converter.IsValid(text))
            {
                return [$"{Prefix}{key} is '{text}', which is {Lacking(property.PropertyType)}."];
            }

            property.SetValue(settings, converter.ConvertFromInvariantString(text));
        }

        return property.GetCustomAttributes<ValidationAttribute>()
            .Where(rule => !rule.IsValid(property.GetValue(settings)))
            .Select(rule => rule.FormatErrorMessage(Prefix + key));
    }
}
