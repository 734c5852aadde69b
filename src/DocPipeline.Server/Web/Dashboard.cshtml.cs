using DocPipeline.Review;
using DocPipeline.Server.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Npgsql;

namespace DocPipeline.Server.Web;

/// <summary>How the work goes, in figures and pictures. It only reads.</summary>
[Authorize(Roles.Reader)]
internal sealed class DashboardModel(NpgsqlDataSource database, QualitySamples samples, QualityOptions options) : PageModel
{
    private static readonly string[] AgeLabels = ["≤ 1 h", "≤ 4 h", "≤ 1 d", "≤ 3 d", "longer"];

    public DashboardFigures Figures { get; private set; } = null!;

    public QualityFigures Quality { get; private set; } = null!;

    public double Share => Quality.ShareFor(options);

    public double Target => options.Target;

    public Bars Throughput => new(
        "Documents that ended, by day (UTC)",
        ["accepted", "reviewed", "rejected"],
        [.. Figures.PerDay.Select(day => new Bar($"{day.Day:MM-dd}", [day.Accepted, day.Reviewed, day.Rejected]))]);

    public Bars Ages => new("What waits now, by how long it has", ["waiting"], [.. Figures.Ages.Select((count, index) => new Bar(AgeLabels[index], [count]))]);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Figures = await DashboardFigures.TakeAsync(database, cancellationToken);
        Quality = await samples.FiguresAsync(cancellationToken);
    }
}
