using DocPipeline.Extract.Labels;
using DocPipeline.Extract.Layout;
using DocPipeline.Extract.Readers;
using DocPipeline.Extract.Schema;
using DocPipeline.Extract.Values;

namespace DocPipeline.Extract.Tables;

/// <summary>
/// Lines below a row that name what they say: <c>Description: rear impact | Driver: J. Doe</c>, <c>reserve $0.00; paid $9,261.01</c>.
/// </summary>
internal sealed class RowDetails(IReadOnlyDictionary<string, ColumnSchema> byLabel, LabelText text, SpanReader reader)
{
    private const int LongestLabel = 4;

    /// <summary>A remark on the rows as a whole, or on this one, without a value of a column.</summary>
    public static bool IsNote(TextLine line) => line.Words.Take(3).Any(word => word.EndsWithColon) || line.Segments[0].Words.Count > 8;

    public static bool IsMark(LayoutWord word) => word.Text is "X" or "x" or "✓" or "Y" or "N" or "Yes" or "No";

    /// <summary>What the line says of its row by name, and the segments that say nothing so.</summary>
    public (IReadOnlyList<(ColumnSchema Column, string Value)> Said, IReadOnlyList<Segment> Left) Read(TextLine line)
    {
        var (said, rest) = (new List<(ColumnSchema, string)>(), new List<Segment>());
        foreach (var segment in line.Segments)
        {
            var before = said.Count;
            foreach (var piece in Pieces(segment.Words))
            {
                if (LongText(piece) is { } text)
                {
                    said.Add(text);
                }
                else
                {
                    said.AddRange(Split(piece, word => word.Text.EndsWith(';')).Select(Clause).OfType<(ColumnSchema, string)>());
                }
            }

            // "closed -" says that there is no such date.
            var empty = segment.Words.Count > 1 && Label([.. segment.Words], 0, 1) is not null && !segment.Words.Skip(1).Any(word => word.Text.Any(char.IsLetterOrDigit));
            if (said.Count == before && !empty)
            {
                rest.Add(segment);
            }
        }

        return (said, rest);
    }

    /// <summary>Pieces between bars, and behind a wide space where a label stands: "traffic stop   Unit 7 / Operator J. Doe".</summary>
    private IEnumerable<List<LayoutWord>> Pieces(IReadOnlyList<LayoutWord> words)
    {
        foreach (var piece in Split(words, word => word.Text == "|"))
        {
            var cut = Enumerable.Range(1, piece.Count - 1).FirstOrDefault(i =>
                piece[i].X0 - piece[i - 1].X1 > 0.5 * piece[i].Height && piece.Skip(i).Take(LongestLabel).Any(word => byLabel.ContainsKey(text.FoldWord(word.Text))));
            yield return cut > 0 ? piece[..cut] : piece;
            if (cut > 0)
            {
                yield return piece[cut..];
            }
        }
    }

    /// <summary>A label for a description at the start and a colon: the rest is it, whatever it holds.</summary>
    private (ColumnSchema Column, string Value)? LongText(List<LayoutWord> words)
    {
        // Capitals set a label off as a colon does.
        var colon = words.FindIndex(word => word.EndsWithColon);
        colon = colon < 0 && words.Count > 1 && words[0].Text.All(char.IsAsciiLetterUpper) && words[1].Text.Any(char.IsAsciiLetterLower) ? 0 : colon;
        return colon is >= 0 and < LongestLabel && colon + 1 < words.Count && Label(words, 0, colon + 1) is { Type: FieldType.LongText } column
            ? (column, string.Join(' ', words.Skip(colon + 1).Select(word => word.Text)))
            : null;
    }

    /// <summary>A label anywhere, and behind it something that reads as its column.</summary>
    private (ColumnSchema Column, string Value)? Clause(List<LayoutWord> words)
    {
        for (var start = 0; start < words.Count - 1; start++)
        {
            for (var length = Math.Min(LongestLabel, words.Count - 1 - start); length > 0; length--)
            {
                if (Label(words, start, length) is not { Type: FieldType.Amount or FieldType.Person or FieldType.Date } column)
                {
                    continue;
                }

                var rest = words.Skip(start + length).ToList();
                if (column.Marked is { } marked && rest.Count == 1 && IsMark(Bare(rest[0])))
                {
                    return (byLabel.Values.First(other => other.Name == marked), rest[0].Text);
                }

                rest = rest.FindIndex(word => word.EndsWithColon) is >= 0 and var colon && colon + 1 < rest.Count ? rest[(colon + 1)..] : rest;
                if (reader.Read(new FieldSchema { Type = column.Type }, [.. rest[..^1], Bare(rest[^1])]) is { Plausibility: >= 0.5 } reading)
                {
                    return (column, reading.Value);
                }
            }
        }

        return null;
    }

    private ColumnSchema? Label(List<LayoutWord> words, int start, int length) =>
        byLabel.GetValueOrDefault(string.Concat(words.Skip(start).Take(length).Select(word => text.FoldWord(word.Text))));

    private static LayoutWord Bare(LayoutWord word) => word with { Text = word.Text.TrimEnd(';', '.') };

    private static IEnumerable<List<LayoutWord>> Split(IEnumerable<LayoutWord> words, Func<LayoutWord, bool> ends)
    {
        var piece = new List<LayoutWord>();
        foreach (var word in words)
        {
            if (word.Text != "|")
            {
                piece.Add(word);
            }

            if (ends(word) && piece.Count > 0)
            {
                yield return piece;
                piece = [];
            }
        }

        if (piece.Count > 0)
        {
            yield return piece;
        }
    }
}
