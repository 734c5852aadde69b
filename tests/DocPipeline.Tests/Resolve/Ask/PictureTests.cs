using System.Text;
using DocPipeline.Documents;
using DocPipeline.Providers;
using DocPipeline.Resolve.Ask;

namespace DocPipeline.Tests.Resolve.Ask;

/// <summary>A model that sees is shown the place in doubt, pays for it, and what it sees there and nowhere among the words is no value.</summary>
public sealed class PictureTests : IDisposable
{
    private readonly Asking _asking = new();
    private readonly List<(int Page, Box Part)> _drawn = [];

    public PictureTests() => Draws("a picture");

    private static Paper Bill => Paper.Of(("invoice", Paper.TornBill));

    public void Dispose() => _asking.Dispose();

    [Fact]
    public async Task It_is_shown_the_place_in_doubt_and_told_which_page_that_is()
    {
        var model = ScriptedModel.Absent("small", sees: true);
        await _asking.ResolveAsync(Bill, model);

        var (page, part) = Assert.Single(_drawn);
        var choices = OpenQuestions.Of(Bill.Documents, Bill.Claim).SelectMany(question => question.Choices).Select(choice => choice.Evidence).ToList();
        Assert.Equal(1, page);
        Assert.All(choices, choice => Assert.True(
            part.X0 < choice.Box.X0 && part.X1 > choice.Box.X1 && part.Y0 < choice.Box.Y0 && part.Y1 > choice.Box.Y1 && part.X0 >= 0 && part.Y0 >= 0 && part.X1 <= 1 && part.Y1 <= 1, $"{choice} {part}"));
        var question = Assert.Single(model.Asked);
        Assert.Equal("a picture", Encoding.UTF8.GetString(question.Picture!.Bytes.Span));
        Assert.Contains("\"picture\":{\"page\":1}", question.Material, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_does_not_see_is_sent_none_nor_is_one_for_which_nothing_can_be_drawn()
    {
        var (blind, sees) = (ScriptedModel.Absent("blind"), ScriptedModel.Absent("sees", sees: true));
        await _asking.ResolveAsync(Bill, blind);
        Assert.Empty(_drawn);
        _asking.Draw = static (_, _, _) => Task.FromResult<ModelPicture?>(null);
        await _asking.ResolveAsync(Bill, sees);

        Assert.All(blind.Asked.Concat(sees.Asked), question => Assert.Null(question.Picture));
        Assert.All(blind.Asked.Concat(sees.Asked), question => Assert.DoesNotContain("picture", question.Material, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_only_the_picture_shows_is_a_suggestion_and_no_value()
    {
        var model = ScriptedModel.Always("small", (_, question) => ScriptedModel.Answer(question, "words", 0, [1, 2, 3], "31 December 1999"), sees: true);
        var asked = await _asking.ResolveAsync(Bill, model);

        Assert.NotEmpty(model.Asked);
        Assert.Equal(Bill.Claim.Documents[0].Fields.Select(field => (field.Name, field.Value)), asked.Claim.Documents[0].Fields.Select(field => (field.Name, field.Value)));
        Assert.Contains(asked.Claim.Documents[0].Findings, finding => finding.Rule == "model-suggests" && finding.Message.Contains("1999", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_picture_is_another_question_and_the_same_one_is_not()
    {
        var model = ScriptedModel.Absent("small", sees: true);
        await _asking.ResolveAsync(Bill, model);
        await _asking.ResolveAsync(Bill, model);
        Assert.Single(model.Asked);

        Draws("another picture");
        await _asking.ResolveAsync(Bill, model);

        Assert.Equal(2, model.Asked.Count);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public async Task What_a_picture_may_cost_is_reserved_before_it_is_sent(bool sees, int sent)
    {
        // The words of the bill are far below 4,000 tokens; a picture of 1,000 by 1,000 is not.
        var prices = PriceList.Parse(
            """{"version":"test","prices":[{"provider":"scripted","model":"small","unit":"input_token","usd":0.001,"from":"2020-01-01","trust":"P","source":"test"},{"provider":"scripted","model":"small","unit":"output_token","usd":0,"from":"2020-01-01","trust":"P","source":"test"}]}""");
        using var poor = new Asking { Gate = new ProviderGate(limits: null, new MemoryCallLedger(prices, new Budget { UsdPerDocument = 4, UsdPerDay = 100 }, TimeProvider.System)), Draw = _asking.Draw };
        var model = ScriptedModel.Absent("small", sees);

        await poor.ResolveAsync(Bill, model);

        Assert.Equal(sent, model.Asked.Count);
    }

    private void Draws(string picture) => _asking.Draw = (page, part, _) =>
    {
        _drawn.Add((page, part));
        return Task.FromResult<ModelPicture?>(new("image/jpeg", 1000, 1000, Encoding.UTF8.GetBytes(picture)));
    };
}
