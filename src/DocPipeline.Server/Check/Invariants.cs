using DocPipeline.Durable;
using DocPipeline.Migrations;
using DocPipeline.Postgres;
using DocPipeline.Server.Hosting;

namespace DocPipeline.Server.Check;

/// <summary>Everything that must hold: in the engine's schema, in the pipeline's, and between the two.</summary>
internal static class Invariants
{
    public static IReadOnlyList<Invariant> All { get; } =
        [.. DurableSchema.Invariants, .. PipelineSchema.Invariants, .. Invariant.AllIn(Databases.Sql, under: "Check/")];
}
