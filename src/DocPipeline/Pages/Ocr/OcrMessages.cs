using System.Text.Json.Serialization;

namespace DocPipeline.Pages.Ocr;

/// <summary>What a reader child is asked to do.</summary>
internal enum OcrTask
{
    /// <summary>Read headers only: how many pictures, how large.</summary>
    Inspect,

    /// <summary>Read the words of one picture.</summary>
    Recognize,

    /// <summary>Make a JPEG of one picture or a part of it, for people or a service.</summary>
    Picture,
}

/// <summary>
/// One request to a reader child. The picture is the file at <paramref name="Path"/>, or the frame's payload where that is null.
/// A payload beside a path is a small picture of the page as its PDF displays it: the file's picture is read only if it looks the same.
/// </summary>
/// <param name="Frame">Which picture of a TIFF, from 0.</param>
/// <param name="Dpi">Resolution of the picture if the sender knows it (a rendered page); null to find out.</param>
/// <param name="Turns">Quarter turns clockwise that <see cref="OcrTask.Picture"/> applies after the file's own orientation.</param>
/// <param name="MaxPixels">Larger pictures are refused from their headers, before decoding.</param>
/// <param name="MaxFrames">Counting stops one above it.</param>
/// <param name="MaxSide">Longer side of a picture for people and services.</param>
/// <param name="Twice">Read doubtful lines a second time.</param>
/// <param name="Part">Of the picture as displayed, before <paramref name="Turns"/>, all that <see cref="OcrTask.Picture"/> is to show; null for the whole.</param>
internal sealed record OcrRequest(OcrTask Task, string? Path, int Frame, int? Dpi, int Turns, long MaxPixels, int MaxFrames, int MaxSide, bool Twice = false, OcrPart? Part = null);

/// <summary>A part of a picture, in fractions of its sides from the top left.</summary>
internal sealed record OcrPart(double X0, double Y0, double X1, double Y1);

/// <summary>Size of one picture in pixels, before any orientation is applied.</summary>
internal sealed record OcrFrame(int Width, int Height);

/// <summary>A word in pixels of the picture as recognised; confidence 0 to 1.</summary>
internal sealed record OcrWord(string Text, int X0, int Y0, int X1, int Y1, float Confidence);

/// <summary>A line that was read a second time: where the first reading has it, and what the second one saw there.</summary>
internal sealed record OcrLine(int X0, int Y0, int X1, int Y1, IReadOnlyList<OcrWord> Words);

/// <summary>The answer to one request.</summary>
/// <param name="Fault">A fault code if the picture is at fault; all else is empty then.</param>
/// <param name="Frames">Of <see cref="OcrTask.Inspect"/>.</param>
/// <param name="Width">Of the picture in which the words' boxes are measured.</param>
/// <param name="Dpi">Resolution as the file states it, scaled with the picture; 0 where it does not.</param>
/// <param name="Turns">Quarter turns clockwise that were needed to bring the text upright, beyond the file's own orientation.</param>
/// <param name="Blank">No ink was found.</param>
/// <param name="Displaced">The picture does not look as the page does: nothing was read.</param>
/// <param name="Milliseconds">Spent on recognition alone.</param>
/// <param name="Again">Lines that were read a second time, in the pixels of the first reading.</param>
internal sealed record OcrReply(
    string? Fault = null,
    IReadOnlyList<OcrFrame>? Frames = null,
    IReadOnlyList<OcrWord>? Words = null,
    int Width = 0,
    int Height = 0,
    int Dpi = 0,
    int Turns = 0,
    bool Blank = false,
    bool Displaced = false,
    double Milliseconds = 0,
    IReadOnlyList<OcrLine>? Again = null);

[JsonSerializable(typeof(OcrRequest))]
[JsonSerializable(typeof(OcrReply))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
internal sealed partial class OcrJson : JsonSerializerContext;
