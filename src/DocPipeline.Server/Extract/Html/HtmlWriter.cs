using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace DocPipeline.Server.Extract.Html;

/// <summary>
/// Writes a page of which every word may be hostile. What a string literal says is markup; whatever stands in its braces is text and is encoded.
/// There is no other way in: a string that is no literal does not compile as an argument.
/// </summary>
internal sealed class HtmlWriter(TextWriter output)
{
    // Letters of all alphabets stay readable; <, >, &, both quotes and the plus sign do not pass.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    [SuppressMessage("Performance", "CA1822", Justification = "The instance is what the handler writes to, piece by piece, before this is called.")]
    public void Write([InterpolatedStringHandlerArgument("")] Markup markup) => _ = markup;

    /// <summary>The place of a text within markup.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Markup
    {
        private readonly TextWriter _output;

        public Markup(int literalLength, int formattedCount, HtmlWriter writer)
        {
            _ = (literalLength, formattedCount);
            _output = writer.Output;
        }

        public void AppendLiteral(string markup) => _output.Write(markup);

        public void AppendFormatted(string? text) => Encoder.Encode(_output, text ?? "");

        public void AppendFormatted(int number) => _output.Write(number.ToString(CultureInfo.InvariantCulture));

        /// <summary>Four decimals: a tenth of a pixel of a page.</summary>
        public void AppendFormatted(double number) => _output.Write(number.ToString("0.####", CultureInfo.InvariantCulture));

        public void AppendFormatted(Shipped text) => _output.Write(text.Text);

        public void AppendFormatted(Picture picture)
        {
            _output.Write(picture.MediaType);
            _output.Write(";base64,");
            _output.Write(Convert.ToBase64String(picture.Bytes));
        }
    }

    private TextWriter Output { get; } = output;
}

/// <summary>Markup, style or script that is part of this program.</summary>
internal readonly record struct Shipped(string Text);

/// <summary>A picture, as the address that carries all of it (<c>data:</c> comes from the markup).</summary>
internal readonly record struct Picture(string MediaType, byte[] Bytes);
