using DocPipeline.Ingest;
using Npgsql;

namespace DocPipeline.Server.Ingest;

/// <summary>Prints one line for each file as it reaches its end.</summary>
internal sealed class FollowFiles(NpgsqlDataSource database, string bucket, IReadOnlyList<DroppedFile> files, TimeProvider time, TextWriter output)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private readonly HashSet<string> _printed = new(StringComparer.Ordinal);

    /// <summary>Returns when all have ended.</summary>
    /// <param name="patience">Gives up when nothing has ended for so long.</param>
    /// <returns>Whether all reached an end that is not a dead letter.</returns>
    public async Task<bool> ToTheEndAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var dead = 0;
        var isFirstLook = true;
        var lastChange = time.GetTimestamp();
        while (_printed.Count < files.Count)
        {
            IReadOnlyList<Fate> fates;
            try
            {
                fates = await Fates.OfAsync(database, bucket, files, cancellationToken);
            }
            catch (NpgsqlException exception) when (exception.IsTransient)
            {
                // The database is away for a moment; the workers wait for it too.
                fates = [];
            }

            foreach (var fate in fates.Where(fate => fate.IsEnd && _printed.Add(fate.Key)))
            {
                dead += fate.State == SubmissionStates.Dead ? 1 : 0;
                lastChange = time.GetTimestamp();
                await output.WriteLineAsync(Line(fate, readBefore: isFirstLook));
            }

            isFirstLook = false;
            if (time.GetElapsedTime(lastChange) > patience)
            {
                foreach (var file in files.Where(file => !_printed.Contains(file.Key)))
                {
                    await output.WriteLineAsync($"  no end      {file.Key}: nothing has happened for {patience.TotalMinutes:0} minutes; the server's log says why");
                }

                return false;
            }

            await Task.Delay(Pause, time, cancellationToken);
        }

        return dead == 0;
    }

    private string Line(Fate fate, bool readBefore)
    {
        var read = fate.Types is null ? "" : $" ({fate.Types}; {fate.Fields} values)";
        var reason = fate.Reason is null ? "" : $": {fate.Reason}";
        return $"[{_printed.Count,3}/{files.Count}] {fate.State,-12} {fate.Key}{read}{(readBefore ? ", handed in before" : "")}{reason}";
    }
}
