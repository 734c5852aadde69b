using DocPipeline.Providers.Wire;

namespace DocPipeline.Aws.Bedrock;

/// <summary>How the answer is held to its schema.</summary>
public enum AnswerForm
{
    /// <summary>The service holds the model to the schema (<c>outputConfig.textFormat</c>): Claude from 4.5 on.</summary>
    JsonSchema,

    /// <summary>The answer is the input of a tool that does not exist, which the model has to call: Nova, Mistral, Llama. Claude 5.x refuses to be forced.</summary>
    Tool,

    /// <summary>As <see cref="Tool"/>, for models that refuse to be forced: they are asked to, and may fail to.</summary>
    OfferedTool,

    /// <summary>The schema is part of the instructions; whether the model keeps to it is luck.</summary>
    Text,
}

/// <summary>A model on Bedrock.</summary>
/// <param name="Model">Id of a model, of an inference profile, or an ARN, as Bedrock lists them.</param>
public sealed record BedrockOptions(string Model)
{
    public AnswerForm Form { get; init; } = AnswerForm.JsonSchema;

    /// <summary>A Bedrock API key; null: requests are signed with the access's credentials.</summary>
    public Secret? ApiKey { get; init; }

    /// <summary>Whether the instructions end with a cache point: reading them again costs a tenth. A model without a cache refuses one.</summary>
    public bool CachesInstructions { get; init; }

    /// <summary>Whether the model looks at pictures.</summary>
    public bool SeesPictures { get; init; }

    /// <summary>Largest picture that is sent.</summary>
    public int MaxPictureBytes { get; init; } = 3_750_000;
}
