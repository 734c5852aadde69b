namespace DocPipeline.Extract.Readers;

/// <summary>Reads the text of a span as a value of one type.</summary>
public static class FieldReaders
{
    /// <summary>Null when the text is not of the type, or is a placeholder. The plausibility says how well it fits.</summary>
    public static Reading? Read(FieldType type, string text, ReaderContext context)
    {
        if (string.IsNullOrWhiteSpace(text) || (type is not (FieldType.YesNo or FieldType.Sex or FieldType.Currency) && Placeholders.IsPlaceholder(text)))
        {
            return null;
        }

        return type switch
        {
            FieldType.Text => ReadText(text, maxWords: 14),
            FieldType.LongText => ReadText(text, maxWords: 100),
            FieldType.Identifier => IdentifierReader.Read(text, context),
            FieldType.GroupCode => IdentifierReader.Read(text, context) ?? IdentifierReader.ReadLetters(text),
            FieldType.Vin => VinReader.Read(text),
            FieldType.LicensePlate => SmallReaders.ReadLicensePlate(text),
            FieldType.Date => DateReader.Read(text, context.ReferenceYear)?.Under(context.DateOrder, context.DateOrderIsBorrowed),
            FieldType.BirthDate => DateReader.Read(text, context.ReferenceYear, notAfterReference: true)?.Under(context.DateOrder, context.DateOrderIsBorrowed),
            FieldType.Time => TimeReader.Read(text),
            FieldType.Amount => AmountReader.Read(text, context.CentsInOwnColumn)?.Under(context.DecimalStyle),
            FieldType.Currency => CurrencyReader.Read(text),
            FieldType.Percentage => SmallReaders.ReadPercentage(text, context),
            FieldType.Number => SmallReaders.ReadNumber(text),
            FieldType.Person => PersonReader.Read(text),
            FieldType.Organization => OrganizationReader.Read(text, context),
            FieldType.Phone => PhoneReader.Read(text),
            FieldType.Email => EmailReader.Read(text),
            FieldType.Address => AddressReader.Read(text),
            FieldType.Year => VehicleReader.ReadYear(text, context.ReferenceYear),
            FieldType.VehicleMake => VehicleReader.ReadMake(text),
            FieldType.VehicleModel => VehicleReader.ReadModel(text),
            FieldType.Mileage => VehicleReader.ReadMileage(text),
            FieldType.Sex => SmallReaders.ReadSex(text),
            FieldType.YesNo => SmallReaders.ReadYesNo(text),
            FieldType.DiagnosisCodes => CodeReaders.ReadDiagnosisCodes(text),
            FieldType.ProcedureCode => CodeReaders.ReadProcedure(text),
            FieldType.Npi => CodeReaders.ReadNpi(text),
            FieldType.TaxId => CodeReaders.ReadTaxId(text),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "A field type without a reader."),
        };
    }

    /// <summary>Free text is longer than a typed value: folded, not capped.</summary>
    private static Reading? ReadText(string text, int maxWords)
    {
        var folded = TextFolding.FoldWhiteSpace(text).TrimStart(':', ' ').TrimEnd(' ', '_');
        var words = folded.Count(c => c == ' ') + 1;
        if (folded.Length == 0 || !folded.Any(char.IsLetterOrDigit))
        {
            return null;
        }

        // "Single vehicle accident" is made of words of labels and yet is a cause of loss; two such words are a label.
        if (LabelWords.AreAll(folded))
        {
            return words >= 3 ? Reading.Certain(folded, 0.35) : null;
        }

        return Reading.Certain(folded, words <= maxWords ? 0.6 : 0.3);
    }
}
