using System.Buffers;
using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace DocPipeline.Extract.Readers;

/// <summary>Text that stands where a value would be but is none: rules to write on, format legends, instructions, "not applicable".</summary>
public static partial class Placeholders
{
    /// <summary>What rules, boxes and ticks are drawn with.</summary>
    private static readonly SearchValues<char> RuleCharacters = SearchValues.Create("_.-–—…:/\\|()[]{}<>*#$€£,;'\"=~+^!?•·□☐☑☒■▢○●◯ xX");

    private static readonly FrozenSet<string> Nothing = (
        "n/a|na|n.a.|n.a|none|nil|null|tbd|tba|unknown|not applicable|not available|not provided|not known|not stated|not specified|same|same as above|as above|" +
        "if any|if applicable|if known|optional|required|select|select one|choose|choose one|please select|please specify|specify|other|see attached|see above|see below|blank|" +
        "signature|sign here|date|name|address|amount|initials|yes no|yes / no|y/n|m/f|am/pm|am pm|a.m. p.m.|first|last|mi|middle|" +
        "first name|last name|street|city|state|zip|zip code|print name|print or type|please print|month day year|month/day/year|area code|lorem ipsum").Split('|').ToFrozenSet();

    public static bool IsPlaceholder(string text)
    {
        var folded = TextFolding.FoldWhiteSpace(TextFolding.Cap(text)).ToLowerInvariant();
        var bare = folded.Trim(' ', '(', ')', '[', ']', '<', '>', '{', '}', ':', '.', '*', '"', '\'', '-', '_', '/', ';', ',');
        return !folded.AsSpan().ContainsAnyExcept(RuleCharacters)
            || Nothing.Contains(bare)
            || Nothing.Contains(folded)
            || UntickedBoxes().IsMatch(folded)
            || FormatLegend().IsMatch(folded)
            || Instruction().IsMatch(bare);
    }

    /// <summary>Choices of which none is ticked.</summary>
    [GeneratedRegex(@"^((□|☐|\[ {0,2}\]|\( {0,2}\)|_+) ?(yes|no|m|f|male|female|n/a|am|pm|other|unknown)[ ,/]{0,4})+$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex UntickedBoxes();

    [GeneratedRegex(
        @"^[\s(\[<]{0,4}((mm|dd|m|d|tt|jj)\s?[/.\-| ]\s?(mm|dd|m|d)\s?[/.\-| ]\s?(yyyy|yy|y|jjjj|jj|aaaa|aa|ccyy)|(yyyy|yy|ccyy)\s?[/.\-| ]\s?mm\s?[/.\-| ]\s?dd|hh?\s?:\s?mm(\s?:\s?ss)?(\s?(am|pm|tt))?|mm\s?[/\-]\s?yyyy|x{3,}[x\-\s]{0,30}|[#]{2,}[#\-\s]{0,30}|\$?\s?0{0,1}[x_]{2,}\.?[x_]{0,4})[\s)\]>]{0,4}$",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex FormatLegend();

    [GeneratedRegex(
        @"^((click|tap) (here|to|on)|enter|type (or|your|in|here|the)|insert (your|the|here|an?|name|date|logo)|please (enter|type|insert|select|choose|specify|print|provide|list|describe|attach|include|indicate|complete|check|note)|select (a|an|one|from|date)|choose (a|an|one|from|date|file)|fill in|check (here|one|all|if)|tick (one|the|here|all|box|if)|write (here|your)|your (name|address|company|email|e-mail|phone|logo|signature)|use (additional|separate)|attach (additional|a|copy|copies)|for office use|for official use|do not write|leave blank|to be (completed|filled)|as shown on|same as (above|insured|patient|policyholder|claimant)|e\.g|for example|drop ?down|placeholder|required field|company name|client name|customer name|street address|city, st(ate)?[ ,]{0,3}zip)(\W|$)",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Instruction();
}
