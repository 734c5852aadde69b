using System.Text.Json;
using DocPipeline.Documents;
using DocPipeline.Migrations;
using Npgsql;
using NpgsqlTypes;

namespace DocPipeline.Review;

/// <summary>Draws accepted claims by chance for a blind check, and keeps what was found.</summary>
public sealed class QualitySamples(NpgsqlDataSource database, QualityOptions options)
{
    /// <summary>How many of the newest checks count: older ones tell of another time.</summary>
    private const int Newest = 500;

    public async Task<QualityFigures> FiguresAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(PipelineSchema.Sql["Review/read_quality.sql"]);
        command.Parameters.Add(new() { Value = Newest });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return new(row.GetInt32(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3));
    }

    /// <summary>Lets chance decide about every newly accepted claim, with the share that the figures call for. Returns the share.</summary>
    public async Task<double> DrawAsync(CancellationToken cancellationToken)
    {
        var share = (await FiguresAsync(cancellationToken)).ShareFor(options);
        await using var command = database.CreateCommand(PipelineSchema.Sql["Review/draw_samples.sql"]);
        command.Parameters.Add(new() { Value = share });
        await command.ExecuteNonQueryAsync(cancellationToken);
        return share;
    }

    /// <summary>Keeps what a person found. False if the check was done already, or is none.</summary>
    /// <param name="corrections">The fields that are wrong, with what is right.</param>
    public async Task<bool> RecordAsync(SubmissionId id, string by, string? note, IReadOnlyList<FieldCorrection> corrections, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(PipelineSchema.Sql["Review/record_sample.sql"]);
        command.Parameters.Add(new() { Value = id.Value });
        command.Parameters.Add(new() { Value = by });
        command.Parameters.Add(new() { Value = string.IsNullOrWhiteSpace(note) ? DBNull.Value : note.Trim(), NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new()
        {
            Value = JsonSerializer.Serialize(corrections.Select(correction => new { field = correction.Field, to = correction.Value }), JsonSerializerOptions.Web),
            NpgsqlDbType = NpgsqlDbType.Jsonb,
        });
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }
}
