using System.Text.Json;
using DocPipeline.Aws.Wire;
using DocPipeline.Providers;

namespace DocPipeline.Aws.Bedrock;

/// <summary>
/// The body of Converse. Instructions stand in <c>system</c>, words of the document only in the user's message: they are data. No sampling parameters: newer models refuse them.
/// </summary>
internal static class ConverseRequest
{
    /// <summary>Of the tool whose input is the answer, and of the schema.</summary>
    public const string AnswerName = "answer";

    public static byte[] Of(BedrockOptions options, ModelQuestion question) => AwsJson.Object(body =>
    {
        body.List("messages", [question], (messages, asked) => messages.Item(message =>
        {
            message.WriteString("role", "user");
            message.WriteStartArray("content");
            if (asked.Picture is { } picture)
            {
                message.Item(content => content.Object("image", image =>
                {
                    image.WriteString("format", picture.MediaType["image/".Length..]);
                    image.Object("source", source => source.WriteBase64String("bytes", picture.Bytes.Span));
                }));
            }

            message.Item(content => content.WriteString("text", asked.Material));
            message.WriteEndArray();
        }));
        WriteInstructions(body, options, question);
        body.Object("inferenceConfig", inference => inference.WriteNumber("maxTokens", question.MaxOutputTokens));
        WriteForm(body, options.Form, question.Schema);
    });

    private static void WriteInstructions(Utf8JsonWriter body, BedrockOptions options, ModelQuestion question)
    {
        body.WriteStartArray("system");
        body.Item(text => text.WriteString("text", options.Form == AnswerForm.Text
            ? $"{question.Instructions}\n\nAnswer with one JSON object and nothing else. It must be valid by this JSON schema:\n{question.Schema}"
            : options.Form == AnswerForm.OfferedTool ? $"{question.Instructions}\n\nGive the answer by calling the tool {AnswerName}, once." : question.Instructions));
        if (options.CachesInstructions)
        {
            body.Item(point => point.Object("cachePoint", cache => cache.WriteString("type", "default")));
        }

        body.WriteEndArray();
    }

    private static void WriteForm(Utf8JsonWriter body, AnswerForm form, string schema)
    {
        switch (form)
        {
            case AnswerForm.JsonSchema:
                body.Object("outputConfig", config => config.Object("textFormat", format =>
                {
                    format.WriteString("type", "json_schema");
                    format.Object("structure", structure => structure.Object("jsonSchema", described =>
                    {
                        described.WriteString("name", AnswerName);
                        described.WriteString("schema", schema); // as text: the API wants it so
                    }));
                }));
                break;

            case AnswerForm.Tool or AnswerForm.OfferedTool:
                body.Object("toolConfig", config =>
                {
                    config.List("tools", [schema], static (tools, input) => tools.Item(tool => tool.Object("toolSpec", spec =>
                    {
                        spec.WriteString("name", AnswerName);
                        spec.WriteString("description", "Takes the answer.");
                        spec.Object("inputSchema", json =>
                        {
                            json.WritePropertyName("json");
                            json.WriteRawValue(input);
                        });
                    })));
                    config.Object("toolChoice", choice => choice.Object(form == AnswerForm.Tool ? "any" : "auto", static _ => { }));
                });
                break;
        }
    }
}
