using DocPipeline.Extract.Schema;

namespace DocPipeline.Extract.Witnesses;

/// <param name="Field">Of the vocabulary: the name that the answer gets.</param>
/// <param name="Text">In English.</param>
public sealed record Question(string Field, string Text);

/// <summary>What may be asked about documents of which types.</summary>
public static class WitnessedTypes
{
    // What one request of Textract takes for a page.
    private const int MostQuestions = 15;

    /// <summary>All types that have fields.</summary>
    public static IReadOnlyList<string> All { get; } = [.. DocumentTypes.Shipped.All.Where(type => !type.YieldsNothing).Select(type => type.Name).Order(StringComparer.Ordinal)];

    /// <summary>A question for each field without which a document of the type is incomplete; none for types that require nothing. Tables are not asked for.</summary>
    public static IReadOnlyList<Question> QuestionsOf(string type)
    {
        var fields = DocumentTypes.Shipped.FieldsOf(type);
        return [.. DocumentTypes.Shipped[type].Required
            .SelectMany(oneOf => oneOf.Split('|'))
            .Where(fields.ContainsKey)
            .Take(MostQuestions)
            .Select(field => new Question(field, $"What is the {(fields[field].Labels is [var label, ..] ? label : field.Replace('_', ' '))}?"))];
    }
}
