using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace DocPipeline.Pages;

/// <summary>Limits of what is read. A file beyond one of them is refused with a reason; it never takes the host down.</summary>
public sealed class PageOptions
{
    /// <summary>Largest file. Default 100 MB.</summary>
    [Range(1_000, 2_000_000_000)]
    public long MaxBytes { get; set; } = 100_000_000;

    /// <summary>Most pages a file may have. Default 500.</summary>
    [Range(1, 20_000)]
    public int MaxPages { get; set; } = 500;

    /// <summary>Largest picture, in pixels, checked before it is decoded. Default 80 million: an A3 page at 600 dpi.</summary>
    [Range(1_000_000, 400_000_000)]
    public long MaxPixels { get; set; } = 80_000_000;

    /// <summary>Resolution at which PDF pages are rendered for recognition. Default 300.</summary>
    [Range(100, 600)]
    public int Dpi { get; set; } = 300;

    /// <summary>Reader children, one engine and one core each. Default 0: as many as there are processors.</summary>
    [Range(0, 256)]
    public int OcrWorkers { get; set; }

    /// <summary>Tesseract's names of the languages to read, joined by a plus sign. Default <c>eng</c>.</summary>
    [RegularExpression("^[A-Za-z_]{2,20}([+][A-Za-z_]{2,20})*$")]
    public string Languages { get; set; } = "eng";

    /// <summary>Lines of which recognition is not sure are read a second time with other settings, and the readings compared. Default: yes.</summary>
    public bool SecondReading { get; set; } = true;

    /// <summary>Wall time for one page's recognition; a child that needs longer is killed. Default 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:30:00")]
    public TimeSpan PageDeadline { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Memory one reader child may take. Default 1.2 GB: what a picture of <see cref="MaxPixels"/> needs.</summary>
    [Range(400_000_000, 16_000_000_000)]
    public long WorkerMemory { get; set; } = 1_200_000_000;

    /// <summary>A child is replaced after this many pages, so that a slow leak stays small. Default 500.</summary>
    [Range(1, 1_000_000)]
    public int PagesPerWorker { get; set; } = 500;

    /// <summary>Wall time of one run of a PDF program. Default 45 s; its processor time has the same limit.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:30:00")]
    public TimeSpan ProgramDeadline { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>Address space of a PDF program. Default 1 GB.</summary>
    [Range(200_000_000, 16_000_000_000)]
    public long ProgramMemory { get; set; } = 1_000_000_000;
}

[OptionsValidator]
internal sealed partial class PageOptionsValidator : IValidateOptions<PageOptions>;
