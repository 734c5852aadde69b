using System.ComponentModel;
using System.Diagnostics;
using DocPipeline.Azure.Blobs;
using DocPipeline.Documents;
using DocPipeline.Ingest;
using DocPipeline.Pages.Ocr;
using DocPipeline.Pages.Pdf;
using DocPipeline.Server.Hosting;
using DocPipeline.Workflow;
using Npgsql;

namespace DocPipeline.Server.Doctor;

/// <summary>What documents come from and are read with: the database, the programs, their fonts, the folders, room on the disk, and buckets.</summary>
internal static class LocalParts
{
    /// <summary>Below it originals may not fit any more.</summary>
    private const long LittleSpace = 2_000_000_000;

    private static readonly string[] Poppler = ["pdfinfo", "pdftotext", "pdfimages", "pdftoppm"];

    public static async Task<Diagnosis> DatabaseAsync(ServerSettings settings, CancellationToken cancellationToken)
    {
        const string Thing = "database";
        if (settings.Database is null)
        {
            return Diagnosis.Broken(Thing, "No database is named; only extract, explain and eval work.", "Start through ./run, which brings a database of its own, or set DOCPIPELINE_DATABASE.");
        }

        try
        {
            await using var database = NpgsqlDataSource.Create(settings.Database);
            if (await Readiness.FindMissingMigrationsAsync(database, cancellationToken) is { } missing)
            {
                return Diagnosis.Broken(Thing, $"It lacks {missing}.", "Run: ./run migrate");
            }

            await using var ask = database.CreateCommand(Databases.Sql["Doctor/what_may_we.sql"]);
            await using var row = await ask.ExecuteReaderAsync(cancellationToken);
            await row.ReadAsync(cancellationToken);
            return row.GetBoolean(2)
                ? Diagnosis.Well(Thing, $"Postgres {row.GetString(0)} answers, its migrations are there, and {row.GetString(1)} may work.")
                : Diagnosis.Broken(Thing, $"The role {row.GetString(1)} may not work on submissions.", "Grant it docpipeline_worker, or name another role in DOCPIPELINE_DATABASE: infra/postgres/README.md.");
        }
        catch (Exception exception) when (exception is NpgsqlException or System.Net.Sockets.SocketException or TimeoutException or ArgumentException)
        {
            return Diagnosis.Broken(Thing, $"It does not answer as it should: {exception.Message}", "Look at DOCPIPELINE_DATABASE: host, port, role and password.");
        }
    }

    /// <summary>Server processes that work with the database now; null where it does not say.</summary>
    public static async Task<int?> ProcessesAsync(ServerSettings settings, CancellationToken cancellationToken)
    {
        if (settings.Database is null)
        {
            return null;
        }

        try
        {
            await using var database = NpgsqlDataSource.Create(settings.Database);
            await using var count = database.CreateCommand(Databases.Sql["Doctor/count_processes.sql"]);
            return (int?)await count.ExecuteScalarAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is NpgsqlException or System.Net.Sockets.SocketException or TimeoutException or ArgumentException)
        {
            return null;
        }
    }

    public static async Task<Diagnosis> ReaderAsync(OcrPool ocr, CancellationToken cancellationToken)
    {
        try
        {
            await ocr.CheckAsync(cancellationToken);
            return Diagnosis.Well("tesseract", $"A reader child starts; {ocr.Workers} may read at once.");
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return Diagnosis.Broken("tesseract", exception.Message, "Start through ./run, which installs tesseract-ocr and its English model, or install them.");
        }
    }

    public static async Task<Diagnosis> PopplerAsync(CancellationToken cancellationToken)
    {
        var version = "";
        foreach (var program in Poppler)
        {
            try
            {
                using var process = Process.Start(new ProcessStartInfo(program, "-v") { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
                var said = await process.StandardError.ReadToEndAsync(cancellationToken);
                await process.WaitForExitAsync(cancellationToken);
                version = said.Split('\n')[0].Split(' ').LastOrDefault() ?? "";
            }
            catch (Win32Exception)
            {
                return Diagnosis.Broken("poppler", $"The program {program} is not installed.", "Start through ./run, which installs poppler-utils, or install it.");
            }
        }

        return Diagnosis.Well("poppler", $"{string.Join(", ", Poppler)} start, version {version}.");
    }

    public static async Task<Diagnosis> FontsAsync(StandInFonts fonts, CancellationToken cancellationToken)
    {
        const string Thing = "fonts";
        const string Advice = "Start through ./run, which installs them, or install fonts-liberation and fonts-dejavu-core.";
        try
        {
            return await fonts.FindMissingAsync(cancellationToken) is { Count: > 0 } missing
                ? new(Thing, Health.Doubtful, $"PDF files that bring no fonts of their own are drawn with letters of other widths, or their ticks not at all: {string.Join(" and ", missing)} cannot be found.", Advice)
                : Diagnosis.Well(Thing, "PDF files that bring no fonts of their own are drawn with Liberation and DejaVu.");
        }
        catch (InvalidOperationException exception)
        {
            return Diagnosis.Broken(Thing, exception.Message, Advice);
        }
    }

    /// <summary>A bucket in an object store: it is listed, and one object in it opened, but not read.</summary>
    public static async Task<Diagnosis> ObjectsAsync(IObjectBucket bucket, CancellationToken cancellationToken)
    {
        try
        {
            var page = await bucket.ListAsync(continuation: null, cancellationToken);
            if (page.Objects is not [var first, ..])
            {
                return Diagnosis.Well(bucket.Name, "It can be listed; nothing is in it yet, so that reading could not be tried.");
            }

            using var opened = await bucket.OpenAsync(first, cancellationToken);
            return Diagnosis.Well(bucket.Name, "It can be listed and read.");
        }
        catch (DocumentFault)
        {
            return Diagnosis.Well(bucket.Name, "It can be listed; the object that was to be opened has gone meanwhile.");
        }
        catch (BucketRefusal refusal)
        {
            return Diagnosis.Broken(bucket.Name, refusal.Message, "Look at its name, its region or address, the credentials, and whether they may list and read.");
        }
        catch (Exception exception) when (FailureClassifier.Classify(exception).Kind == FailureKind.Transient && !cancellationToken.IsCancellationRequested)
        {
            return Diagnosis.Broken(bucket.Name, exception.Message, "Try again; if it stays so, look at the network and at its address.");
        }
    }

    /// <summary>A container that blobs are kept in: it is listed, and nothing is written.</summary>
    public static async Task<Diagnosis> ContainerAsync(string thing, string address, CancellationToken cancellationToken)
    {
        try
        {
            await BlobPlace.Open(address).FindDerivedAsync(new ContentHash(new string('0', 64)), "", cancellationToken);
            return Diagnosis.Well(thing, $"{address} can be listed; writing was not tried.");
        }
        catch (TransientFailure failure)
        {
            return Diagnosis.Broken(thing, failure.Message, "Make the container, and give our identity its role there.");
        }
    }

    /// <summary>A folder that must be written to, and room on its disk.</summary>
    public static Diagnosis Folder(string thing, string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            var probe = Path.Combine(path, $".doctor-{Guid.NewGuid():N}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            var free = new DriveInfo(Path.GetFullPath(path)).AvailableFreeSpace;
            var message = $"{path} can be written to; {free / 1e9:0.0} GB are free.";
            return free < LittleSpace ? new(thing, Health.Doubtful, message, "Make room: nothing is read when the disk is full.") : Diagnosis.Well(thing, message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Diagnosis.Broken(thing, $"{path} cannot be written to: {exception.Message}", "Give this account the right to, or name another folder.");
        }
    }
}
