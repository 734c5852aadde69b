using DocPipeline.Query;
using DocPipeline.Server.Access;
using DocPipeline.Server.Hosting;
using DocPipeline.Server.Status;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Npgsql;

namespace DocPipeline.Server.Web;

/// <summary>How many documents are where, and the newest ones. It only reads.</summary>
[Authorize(Roles.Reader)]
internal sealed class StatusModel(NpgsqlDataSource database, ServerSettings settings) : PageModel
{
    private const int Rows = 200;

    public IReadOnlyList<(string State, long Count)> States { get; private set; } = [];

    public IReadOnlyList<SubmissionRow> Newest { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var snapshot = await StatusSnapshot.TakeAsync(database, settings, cancellationToken);
        States = [.. StatusOutput.AllStates.Select(state => (state, snapshot.Count(state)))];
        Newest = await new SubmissionQueries(database).ListAsync(state: null, after: null, Rows, cancellationToken);
    }
}
