using DocPipeline.Review;
using DocPipeline.Server.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DocPipeline.Server.Web;

/// <summary>What waits for a person.</summary>
[Authorize(Roles.Reader)]
internal sealed class QueueModel(QueueItems queue, ReviewOptions options, TimeProvider time) : PageModel
{
    public const int Most = 200;

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Search { get; set; }

    [BindProperty(SupportsGet = true, Name = "why")]
    public string? Why { get; set; }

    [BindProperty(SupportsGet = true, Name = "state")]
    public string? State { get; set; }

    [BindProperty(SupportsGet = true, Name = "order")]
    public QueueOrder Order { get; set; }

    [BindProperty(SupportsGet = true, Name = "mine")]
    public bool Mine { get; set; }

    [BindProperty(SupportsGet = true, Name = "done")]
    public string? DoneCode { get; set; }

    public IReadOnlyList<QueueItem> Items { get; private set; } = [];

    public IReadOnlyList<QueueCount> Counts { get; private set; } = [];

    public long Waiting => Counts.Sum(count => count.Count);

    public bool IsFiltered => Mine || !(string.IsNullOrWhiteSpace(Search) && string.IsNullOrEmpty(Why) && string.IsNullOrEmpty(State));

    public bool MayReview => Roles.AtLeast(Roles.Reviewer).Any(User.IsInRole);

    public string? Done => DoneCode switch
    {
        "empty" => "Nothing is free for you at the moment.",
        "recorded" => "Recorded. Nothing else is free for you at the moment.",
        _ => null,
    };

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Counts = await queue.CountsAsync(cancellationToken);
        var filter = new QueueFilter(Given(State), Given(Why), Given(Search), Mine ? User.Identity!.Name : null, Order);
        Items = await queue.ListAsync(filter, Most, cancellationToken);
    }

    public Due DueOf(QueueItem item) => Due.Of(item.WaitingSince, options.Within, time.GetUtcNow());

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
