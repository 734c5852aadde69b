using DocPipeline.Samples.Drawing;
using DocPipeline.Samples.Fiction;
using DocPipeline.Samples.Forms;

namespace DocPipeline.Samples.Papers;

/// <summary>A till's paper strip.</summary>
internal static class ReceiptPaper
{
    private const double Width = 230;
    private const double Margin = 14;

    public static Paper Make(Setting setting)
    {
        var (dice, locale) = (setting.Dice, setting.Locale);
        var store = dice.Pick(Names.Stores);
        var date = setting.Case.LossDate.AddDays(dice.Whole(0, 4));
        var goods = dice.Several(dice.Whole(2, 6), Names.StoreItems).Select(item => new Charge(item, 1, dice.Price(2, 60) * locale.PriceLevel)).ToList();
        var subtotal = goods.Sum(charge => charge.Amount);
        var tax = Math.Round(subtotal * locale.TaxRate, 2);
        var truth = new Truth();
        var strip = new Strip(dice.Pick(Face.Mono, Face.Mono, Face.Sans), Width, 270 + (13 * goods.Count));
        strip.Centred(store, 13, bold: true);
        strip.Centred(setting.Case.Holder.Street, 8.5);
        strip.Centred(setting.Case.Holder.TownLine, 8.5);
        strip.Centred($"Tel {setting.Case.Shop.Phone}", 8.5);
        strip.Gap();
        truth.Add("provider", store);
        Put(strip, truth, new Entry(dice.Pick("Receipt No.", "Receipt #", "Invoice No", "Trans #"), dice.Digits(6), "invoice_number"));
        Put(strip, truth, new Entry("Date", $"{locale.Date(date)} {setting.Time(setting.Case.LossTime)}", "document_date", Setting.Iso(date)));
        strip.Rule();
        foreach (var item in goods)
        {
            strip.Pair(item.Description, locale.Plain(item.Amount));
        }

        strip.Rule();
        Put(strip, truth, setting.Money("subtotal", dice.Pick("SUBTOTAL", "Sub-total"), subtotal, "subtotal"));
        Put(strip, truth, setting.Money("tax", locale.TaxName, tax, "tax"));
        Put(strip, truth, setting.Money("total_amount", dice.Pick("TOTAL", "Total", "AMOUNT DUE", "GRAND TOTAL"), subtotal + tax, "total_amount"), bold: true);
        if (dice.Chance(0.5))
        {
            var tendered = (Math.Ceiling((subtotal + tax) / 50) * 50) + 0;
            strip.Pair(dice.Pick("CASH", "Cash tendered"), locale.Money(tendered));
            strip.Pair("CHANGE", locale.Money(tendered - subtotal - tax));
        }
        else
        {
            strip.Pair("CARD", $"************{dice.Digits(4)}");
        }

        strip.Gap();
        strip.Centred("Thank you, come again", 8.5);
        return new Paper(PaperTypes.Receipt, [strip.Sheet], truth);
    }

    private static void Put(Strip strip, Truth truth, Entry entry, bool bold = false)
    {
        truth.Add(entry);
        strip.Pair(entry.Label, entry.Printed, bold);
    }

    private sealed class Strip(Face face, double width, double height)
    {
        private const double Size = 9;
        private double y = 16;

        public Sheet Sheet { get; } = new(width, height);

        public void Centred(string text, double size, bool bold = false)
        {
            Sheet.TextCentred(width / 2, y + size, text, bold ? face.Bold() : face, size);
            y += size * 1.35;
        }

        public void Pair(string left, string right, bool bold = false)
        {
            var ink = bold ? face.Bold() : face;
            Sheet.Text(Margin, y + Size, left, ink, Size);
            Sheet.TextRight(width - Margin, y + Size, right, ink, Size);
            y += Size * 1.4;
        }

        public void Rule()
        {
            Sheet.Line(Margin, y + 4, width - Margin, y + 4, 0.6);
            y += 9;
        }

        public void Gap() => y += 8;
    }
}
