namespace DocPipeline.Extract.Readers;

/// <summary>What a piece of text says when it is read as a value of one type.</summary>
/// <param name="Value">Normalised as vocabulary v1 says: ISO dates, plain decimals, everything else as printed with white space folded.</param>
/// <param name="Plausibility">How well the text fits the type, 0 to 1: 1 is a perfect print of it, below 0.5 it fits only with repairs or luck.</param>
/// <param name="Alternatives">Other readings of the same text that cannot be excluded; empty when the reading is certain.</param>
public sealed record Reading(string Value, double Plausibility, IReadOnlyList<string> Alternatives)
{
    internal static Reading Certain(string value, double plausibility) => new(value, plausibility, []);
}

/// <summary>What a field holds, and so how its text is read.</summary>
public enum FieldType
{
    Text,
    LongText,
    Identifier,

    /// <summary>An identifier that may have letters only.</summary>
    GroupCode,
    Vin,
    LicensePlate,
    Date,

    /// <summary>A date that cannot lie after the reference year: decides the century of two-digit years.</summary>
    BirthDate,
    Time,
    Amount,
    Currency,
    Percentage,
    Number,
    Person,
    Organization,
    Phone,
    Email,
    Address,
    Year,
    VehicleMake,
    VehicleModel,
    Mileage,
    Sex,
    YesNo,
    DiagnosisCodes,
    ProcedureCode,
    Npi,
    TaxId,
}

/// <summary>What the rest of the document says about how its dates and amounts are written.</summary>
/// <param name="ReferenceYear">The year that two-digit years are near to: the year of submission, from outside.</param>
public sealed record ReaderContext(DateOrder DateOrder, DecimalStyle DecimalStyle, int ReferenceYear)
{
    /// <summary>True where cents are printed in a column of their own: <c>1753 00</c> is then 1753.00.</summary>
    public bool CentsInOwnColumn { get; init; }

    /// <summary>True where the document itself does not settle the order of its dates and the rest of its file does: dates that need it are less sure.</summary>
    public bool DateOrderIsBorrowed { get; init; }
}
