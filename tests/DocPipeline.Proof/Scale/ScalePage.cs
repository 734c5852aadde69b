using System.Text;

namespace DocPipeline.Proof.Scale;

/// <summary>The tables of infra/scale/figures.md.</summary>
internal static class ScalePage
{
    public static readonly int[] Loads = [1_000, 10_000, 50_000, 100_000, 1_000_000];

    public static string Render(IReadOnlyList<MeasuredMix> measured, Assumptions assumed, IReadOnlyList<int> loads)
    {
        var page = new StringBuilder();
        page.Append("# Figures of scale\n\nWritten by `./run scale` from `measured.json` and `assumptions.json`; what they mean is in [README.md](README.md). Do not edit.\n");
        foreach (var mix in measured)
        {
            page.Append($"\n## {mix.Mix}: {mix.PagesPerDocument} pages a document\n\n");
            page.Append($"{mix.Cpu.Worker:0.000} processor seconds a document in workers ({mix.Cpu.Worker / mix.PagesPerDocument:0.000} a page), {mix.Cpu.Postgres:0.000} in Postgres");
            page.Append(mix.How is null ? ".\n\n" : $": `{mix.How}`.\n\n");
            page.Append($"| documents a day | at the peak: documents/s | pages/s | worker cores | workers of {assumed.CoresPerWorker} cores | Postgres cores | connections | hub partitions | GB a month |\n");
            page.Append("|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n");
            var needs = loads.Select(load => ScaleModel.Of(load, mix, assumed)).ToList();
            foreach (var need in needs)
            {
                page.Append($"| {need.DocumentsADay:N0} | {need.PeakDocumentsPerSecond:0.00} | {need.PeakPagesPerSecond:0.0} | {need.WorkerCores} | {need.Workers} | {need.PostgresCores} | {need.Connections} | {PartitionsOf(need)} | {need.GigabytesAMonth:N0} |\n");
            }

            page.Append("\n| documents a day | embedded, USD a month | a thousand documents | Functions, USD a month | a thousand documents | cloud OCR instead of Tesseract, USD a month more | share of its quota at the peak |\n");
            page.Append("|---:|---:|---:|---:|---:|---:|---:|\n");
            foreach (var need in needs)
            {
                page.Append($"| {need.DocumentsADay:N0} | {need.EmbeddedCost:N0} | {PerThousand(need, need.EmbeddedCost):0.00} | {need.FunctionsCost:N0} | {PerThousand(need, need.FunctionsCost):0.00} | {OcrOf(mix, need)} |\n");
            }
        }

        return page.ToString();
    }

    private static string PartitionsOf(Need need) => need.Partitions <= 16 ? $"{need.Partitions}" : $"{need.Partitions}: more than 16, another back end";

    private static double PerThousand(Need need, double cost) => cost / (need.DocumentsADay * ScaleModel.DaysAMonth / 1000);

    // Born-digital pages are not recognised.
    private static string OcrOf(MeasuredMix mix, Need need) => mix.Cpu.Readers == 0 ? "0 | 0 %" : $"{need.CloudOcrCost:N0} | {100 * need.ReaderQuotaShare:0} %";
}
