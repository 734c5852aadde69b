using DocPipeline.Documents;
using DocPipeline.Extract.Schema;

namespace DocPipeline.Validate.Rules;

internal sealed class DocumentsContradict : IClaimRule
{
    /// <summary>Fields that one claim has once, and how they compare.</summary>
    private static readonly (string Field, Func<Field, Field, bool> Same)[] Compared =
        [.. OncePerClaim.Keys.Select(name => (name, (Func<Field, Field, bool>)SameKey)), .. OncePerClaim.Names.Select(name => (name, (Func<Field, Field, bool>)SameName))];

    public string Code => "documents-contradict";

    public Severity Severity => Severity.Error;

    public string Meaning => "Documents of one file give different values for something that a claim has only once.";

    public IEnumerable<PlacedFinding> Check(ClaimUnderReview claim)
    {
        foreach (var (name, same) in Compared)
        {
            var distinct = new List<(Field Field, string Type)>();

            // What is certain first: a doubtful value agrees with many and must not stand for them.
            foreach (var (_, document) in claim.Documents.OrderByDescending(entry => entry.Document[name] is { Accepted: true }))
            {
                if (document[name] is { } field && !distinct.Exists(seen => same(seen.Field, field)))
                {
                    distinct.Add((field, document.Type));
                }
            }

            if (distinct.Count > 1)
            {
                var values = string.Join(", ", distinct.Select(entry => $"'{entry.Field.Value}' on the {FieldValues.Words(entry.Type)} (page {entry.Field.Evidence.Page})"));
                yield return this.Found($"The documents give different values for the {FieldValues.Words(name)}: {values}.", name, document: null, distinct.Select(entry => entry.Field.Evidence));
            }
        }
    }

    /// <summary>A date that can be read in two ways contradicts only what both exclude.</summary>
    private static bool SameKey(Field a, Field b) =>
        FieldValues.Key(a.Value) == FieldValues.Key(b.Value) || a.OtherDate() == b.Value || b.OtherDate() == a.Value;

    /// <summary>A doubtful name is often not a name at all; its doubt is a finding already.</summary>
    private static bool SameName(Field a, Field b) => !a.Accepted || !b.Accepted || FieldValues.SameName(a.Value, b.Value);
}
