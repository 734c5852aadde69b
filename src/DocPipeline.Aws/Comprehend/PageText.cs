using System.Text;
using DocPipeline.Documents;

namespace DocPipeline.Aws.Comprehend;

/// <summary>A word and where it stands in a text.</summary>
/// <param name="Page">Page number in the file, from 1.</param>
/// <param name="Start">In code points: what Comprehend counts in, whatever a string counts in.</param>
/// <param name="End">The code point after the last.</param>
public sealed record PlacedWord(int Page, Word Word, int Start, int End);

/// <summary>Words of pages as one text that remembers where each came from.</summary>
public sealed class PageText
{
    private readonly int[] _starts;
    private readonly int[] _indexes; // of each code point in the string

    private PageText(string text, IReadOnlyList<PlacedWord> words)
    {
        (Text, Words) = (text, words);
        _starts = [.. words.Select(word => word.Start)];
        var indexes = new List<int>(text.Length + 1);
        for (var index = 0; index < text.Length; index += char.IsSurrogatePair(text, index) ? 2 : 1)
        {
            indexes.Add(index);
        }

        CodePoints = indexes.Count;
        _indexes = [.. indexes, text.Length];
    }

    public string Text { get; }

    public IReadOnlyList<PlacedWord> Words { get; }

    /// <summary>Length of the text: an emoji is one of them, and two characters of a string.</summary>
    public int CodePoints { get; }

    public int Bytes => Encoding.UTF8.GetByteCount(Text);

    /// <summary>
    /// As few texts as hold all words: words joined by spaces, lines as far as the reader's order shows them by line breaks. A text ends at the end of a page where it can, and nowhere inside
    /// a word that fits.
    /// </summary>
    /// <param name="maxBytes">Of each text, in UTF-8.</param>
    public static IReadOnlyList<PageText> Of(IEnumerable<Page> pages, int maxBytes)
    {
        ArgumentNullException.ThrowIfNull(pages);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 4);
        var texts = new List<PageText>();
        var open = new Builder();
        foreach (var page in pages)
        {
            if (open.Bytes + BytesOf(page) > maxBytes)
            {
                Close();
            }

            Word? before = null;
            foreach (var word in page.Words)
            {
                var separator = open.IsEmpty ? "" : before is null || IsBelow(before, word) ? "\n" : " ";
                if (open.Bytes + separator.Length + Encoding.UTF8.GetByteCount(word.Text) > maxBytes)
                {
                    Close();
                    separator = "";
                }

                foreach (var piece in Pieces(word.Text, maxBytes))
                {
                    if (open.Bytes + separator.Length + Encoding.UTF8.GetByteCount(piece) > maxBytes)
                    {
                        Close();
                        separator = "";
                    }

                    open.Add(separator, piece, page.Number, word);
                    separator = "";
                }

                before = word;
            }
        }

        Close();
        return texts;

        void Close()
        {
            if (!open.IsEmpty)
            {
                texts.Add(open.Build());
                open = new();
            }
        }
    }

    /// <summary>The words that a stretch of the text touches, in order.</summary>
    /// <param name="begin">In code points.</param>
    /// <param name="end">The code point after the last.</param>
    public IReadOnlyList<PlacedWord> WordsAt(int begin, int end)
    {
        var first = Array.BinarySearch(_starts, begin);
        first = Math.Max(0, first >= 0 ? first : ~first - 1);
        return [.. Words.Skip(first).TakeWhile(word => word.Start < end).Where(word => word.End > begin)];
    }

    /// <summary>The characters of a stretch; null where it does not lie in the text.</summary>
    /// <param name="begin">In code points.</param>
    /// <param name="end">The code point after the last.</param>
    public string? Slice(int begin, int end) => begin >= 0 && begin < end && end <= CodePoints ? Text[_indexes[begin].._indexes[end]] : null;

    private static int BytesOf(Page page) => page.Words.Sum(word => Encoding.UTF8.GetByteCount(word.Text) + 1);

    private static bool IsBelow(Word before, Word word) => word.Box.CentreY > before.Box.Y1 || word.Box.X1 < before.Box.X0;

    // A single word of more than a text can hold, such as a base64 string, is cut.
    private static IEnumerable<string> Pieces(string word, int maxBytes)
    {
        if (Encoding.UTF8.GetByteCount(word) <= maxBytes)
        {
            return [word];
        }

        var pieces = new List<string>();
        var piece = new StringBuilder();
        var bytes = 0;
        foreach (var rune in word.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > maxBytes)
            {
                pieces.Add(piece.ToString());
                piece.Clear();
                bytes = 0;
            }

            piece.Append(rune);
            bytes += rune.Utf8SequenceLength;
        }

        pieces.Add(piece.ToString());
        return pieces;
    }

    private sealed class Builder
    {
        private readonly StringBuilder _text = new();
        private readonly List<PlacedWord> _words = [];
        private int _codePoints;

        public int Bytes { get; private set; }

        public bool IsEmpty => _words.Count == 0;

        public void Add(string separator, string piece, int page, Word word)
        {
            var start = _codePoints + separator.Length;
            _text.Append(separator).Append(piece);
            _codePoints = start + piece.EnumerateRunes().Count();
            Bytes += separator.Length + Encoding.UTF8.GetByteCount(piece);
            _words.Add(new(page, word, start, _codePoints));
        }

        public PageText Build() => new(_text.ToString(), _words);
    }
}
