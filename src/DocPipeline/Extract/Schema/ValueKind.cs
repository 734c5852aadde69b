using DocPipeline.Extract.Readers;

namespace DocPipeline.Extract.Schema;

/// <summary>Kinds of values that are read, and go wrong, in the same manner.</summary>
public enum ValueKind
{
    Amount,
    Date,
    Identifier,
    Person,
    Organization,

    /// <summary>One of a short list, or of a strict form: sex, currency, telephone number, time, year.</summary>
    Code,

    /// <summary>Addresses, places, descriptions.</summary>
    Text,
}

internal static class ValueKinds
{
    public static ValueKind Of(FieldType type) => type switch
    {
        FieldType.Amount or FieldType.Percentage or FieldType.Number or FieldType.Mileage => ValueKind.Amount,
        FieldType.Date or FieldType.BirthDate => ValueKind.Date,
        FieldType.Identifier or FieldType.GroupCode or FieldType.Vin or FieldType.LicensePlate or FieldType.Npi or FieldType.TaxId or FieldType.DiagnosisCodes or FieldType.ProcedureCode => ValueKind.Identifier,
        FieldType.Person => ValueKind.Person,
        FieldType.Organization => ValueKind.Organization,
        FieldType.Currency or FieldType.Sex or FieldType.YesNo or FieldType.Phone or FieldType.Email or FieldType.Time or FieldType.Year or FieldType.VehicleMake => ValueKind.Code,
        _ => ValueKind.Text,
    };

    public static bool? PassesCheckDigit(FieldType type, string value) => type switch
    {
        FieldType.Vin => Documents.CheckDigits.IsVinValid(value),
        FieldType.Npi => Documents.CheckDigits.IsNpiValid(value),
        _ => null,
    };
}
