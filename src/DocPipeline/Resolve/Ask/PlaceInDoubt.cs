using DocPipeline.Documents;
using DocPipeline.Providers;

namespace DocPipeline.Resolve.Ask;

/// <summary>The part of a page that a model which sees is shown: around the candidates, with room for the labels beside and above them.</summary>
internal sealed record PlaceInDoubt(int Page, Box Part)
{
    // Of the page's width and height.
    private const double Beside = 0.25;
    private const double Above = 0.05;

    /// <summary>On the page where candidates of most questions stand; null where nothing was read that could be shown.</summary>
    public static PlaceInDoubt? Of(IReadOnlyList<OpenQuestion> questions)
    {
        var pages = questions.SelectMany(question => question.Choices.Select(choice => choice.Evidence.Page).Distinct());
        if (pages.CountBy(page => page).OrderByDescending(page => page.Value).ThenBy(page => page.Key).Select(page => (int?)page.Key).FirstOrDefault() is not { } shown)
        {
            return null;
        }

        var box = Box.Around(questions.SelectMany(question => question.Choices).Where(choice => choice.Evidence.Page == shown).Select(choice => choice.Evidence.Box));
        return new(shown, new(Math.Max(0, box.X0 - Beside), Math.Max(0, box.Y0 - Above), Math.Min(1, box.X1 + Beside), Math.Min(1, box.Y1 + Above)));
    }
}

/// <summary>A picture and the page that it shows a part of.</summary>
internal sealed record Look(int Page, ModelPicture Picture);
