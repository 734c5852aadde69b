using System.Text.Json;
using DocPipeline.Postgres;
using DocPipeline.Resolve;

namespace DocPipeline.Tests.Resolve;

public sealed class CalibrationTests
{
    private static readonly string[] Groups = [.. Shipped().Curves.Keys];

    [Fact]
    public void The_shipped_file_is_trained_for_the_features_of_this_program()
    {
        // Where this fails: ./run calibrate ../shared/data/claims ../shared/data/receipts ../shared/data/invoices --out src/DocPipeline/Resolve
        Assert.Matches("^[0-9a-f]{12}$", Calibration.Shipped.Version);
        Assert.Equal(Features.All.Select(feature => feature.Name).Order(StringComparer.Ordinal), Shipped().Weights.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_file_for_other_features_is_refused_and_says_what_to_do()
    {
        var refused = Assert.Throws<InvalidDataException>(() => new Calibration(Shipped() with { Features = "0123456789abcdef" }));

        Assert.Contains("./run calibrate", refused.Message, StringComparison.Ordinal);
        Assert.Contains(Features.Hash, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_features_are_unique_for_the_hash_tells_them_apart_by_name() =>
        Assert.Equal(Features.All.Count, Features.All.Select(feature => feature.Name).Distinct(StringComparer.Ordinal).Count());

    [Fact]
    public void More_agreement_never_makes_a_value_less_likely()
    {
        foreach (var group in Groups)
        {
            var none = new double[Features.All.Count];
            for (var i = 0; i < none.Length; i++)
            {
                double[] more = [.. none];
                more[i] = 1;
                Assert.True(Calibration.Shipped.ProbabilityOf(more, group) >= Calibration.Shipped.ProbabilityOf(none, group), $"{Features.All[i].Name} lowers the confidence in {group}.");
            }
        }
    }

    [Fact]
    public void A_value_gains_by_everything_that_agrees_with_it_and_loses_by_what_does_not()
    {
        var doubtful = Of(Values.Doubtful);

        Assert.True(Of(Values.Doubtful with { WeakestWord = 0.96 }) > doubtful, "surely read");
        Assert.True(Of(Values.Doubtful with { Sums = 1 }) > doubtful, "a sum makes it");
        Assert.True(Of(Values.Doubtful with { Ways = 3 }) > doubtful, "found in several ways");
        Assert.True(Of(Values.Doubtful with { BrokenSums = true }) < doubtful, "a sum does not come out");
        Assert.True(Calibration.Shipped.ProbabilityOf(Values.Total(Values.Doubtful, rival: 0.59)) < doubtful, "another value fits as well");

        static double Of(DocPipeline.Documents.Support support) => Calibration.Shipped.ProbabilityOf(Values.Total(support));
    }

    [Fact]
    public void A_stricter_target_never_accepts_from_a_lower_confidence()
    {
        double[] targets = [0.0005, 0.001, 0.005, 0.01, 0.05, 0.2];
        foreach (var group in Groups)
        {
            var from = targets.Select(target => Calibration.Shipped.AcceptFrom(group, target)).ToList();
            Assert.Equal(from.OrderDescending(), from);
        }
    }

    [Fact]
    public void A_group_that_no_example_was_seen_of_is_never_accepted() =>
        Assert.Equal(Calibration.Never, Calibration.Shipped.AcceptFrom("unheard-of.printed", 0.2));

    [Fact]
    public void The_file_holds_numbers_and_names_of_ours_only()
    {
        var file = Shipped();

        Assert.All(file.Weights.Values, weight => Assert.True(weight >= 0));
        Assert.All(Groups, group => Assert.Matches("^[a-z]+\\.(printed|recognised)$", group));
        Assert.All(file.TrainedOn, source => Assert.Matches("^[a-z ]+$", source.Name));
    }

    private static CalibrationFile Shipped() =>
        JsonSerializer.Deserialize<CalibrationFile>(new EmbeddedText(typeof(Calibration).Assembly)["Resolve/calibration.json"], Calibration.Json)!;
}
