namespace DocPipeline.Server.Web;

/// <summary>How much time is left for a document, in words and as one of three classes. The words alone say it: colour only helps.</summary>
internal sealed record Due(string Text, string Class)
{
    public static Due Of(DateTimeOffset since, TimeSpan within, DateTimeOffset now)
    {
        var left = since + within - now;
        return left < TimeSpan.Zero
            ? new($"{Span(-left)} over", "bad")
            : new($"{Span(left)} left", left < within / 4 ? "warn" : "good");
    }

    public static string Span(TimeSpan span) => span switch
    {
        { TotalDays: >= 2 } => $"{(int)span.TotalDays} d",
        { TotalHours: >= 2 } => $"{(int)span.TotalHours} h",
        _ => $"{(int)span.TotalMinutes} min",
    };
}
