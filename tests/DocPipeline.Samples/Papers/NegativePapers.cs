using DocPipeline.Samples.Forms;

namespace DocPipeline.Samples.Papers;

/// <summary>Papers that have no business in a claims department, with dates, amounts and addresses to tempt a careless reader.</summary>
internal static class NegativePapers
{
    public static Form Recipe() => new("Lentil Soup with Lemon", ["The Brass Ladle Cookbook"],
    [
        new FieldBlock("", [new Entry("Serves", "4"), new Entry("Preparation time", "15 minutes"), new Entry("Cooking time", "40 minutes"), new Entry("Number of steps", "5")]),
        new TableBlock("Ingredients", [new Column("Ingredient", 5), new Column("Amount", 2, Right: true)],
            [["Red lentils", "300 g"], ["Onions, chopped", "2"], ["Carrots, diced", "3"], ["Vegetable stock", "1.2 l"], ["Lemon, juiced", "1"], ["Cumin, ground", "2 tsp"]]),
        new TextBlock("Method", "Fry the onions gently in oil until soft. Add the cumin and the carrots and stir for two minutes. Add lentils and stock, bring to the boil and simmer for 30 minutes. Blend half of the soup, return it to the pot and season with lemon juice. Serve with bread."),
        new TextBlock("Note", "Keeps three days in the refrigerator. The total cost is about $6.50 for four people."),
    ]);

    public static Form Newsletter(Setting setting) => new("Village Garden Club News", [$"{setting.Case.Holder.Town} Garden Club"],
    [
        new TextBlock("Spring Meeting", $"We meet on {setting.Locale.Date(setting.Case.LossDate)} in the hall at {setting.Case.Holder.Street}. Bring seedlings to swap. The yearly contribution is {setting.Locale.Money(20)} and can be paid at the door."),
        new TextBlock("Tomatoes", "Start seeds indoors six weeks before the last frost. Keep the soil moist and warm. Plant out when nights stay mild."),
        new FieldBlock("Committee", [new Entry("Chair", setting.Case.Other.Name), new Entry("Phone", setting.Case.Other.Phone)]),
    ]);

    public static Form Minutes(Setting setting) => new("Minutes of the Road Committee", [],
    [
        new FieldBlock("", [new Entry("Date", setting.Locale.Date(setting.Case.LossDate)), new Entry("Present", $"{setting.Case.Holder.Name}, {setting.Case.Other.Name}"), new Entry("Place", "Library, room 2")]),
        new TextBlock("1. Budget", $"The treasurer reported a balance of {setting.Locale.Money(1840.15m)}. The accounts were approved."),
        new TextBlock("2. Lamps", "Three street lamps are to be replaced before winter. The contractor will be asked for an offer."),
    ]);
}
