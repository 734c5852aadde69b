using System.ComponentModel.DataAnnotations;
using DocPipeline.Aws.Events;
using DocPipeline.Server.Compare;
using DocPipeline.Server.Providers;
using Npgsql;

namespace DocPipeline.Server.Hosting;

/// <summary>Lists as they stand in settings.</summary>
internal static class Lists
{
    /// <summary>What stands between the commas.</summary>
    public static string[] Of(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Networks with commas between.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NetworksAttribute() : ValidationAttribute("{0} must be networks with commas between, such as 127.0.0.0/8,10.1.0.0/16.")
{
    public override bool IsValid(object? value) => Lists.Of((string)value!)
        .All(network => System.Net.IPNetwork.TryParse(network, out _));
}

[AttributeUsage(AttributeTargets.Property)]
internal sealed class ReadersAttribute() : ValidationAttribute("{0} must be some of textract, document-intelligence and tesseract with commas between, none twice, and tesseract last.")
{
    public override bool IsValid(object? value) => ReaderNames.TryParse((string)value!, out _);
}

[AttributeUsage(AttributeTargets.Property)]
internal sealed class WitnessesAttribute() : ValidationAttribute("{0} must be names with commas between, none twice, such as textract-expense,textract-queries=auto_claim_form+police_report: README.md lists them and the types of documents.")
{
    public override bool IsValid(object? value) => WitnessNames.TryParse((string)value!, out _);
}

[AttributeUsage(AttributeTargets.Property)]
internal sealed class ChangesAttribute() : ValidationAttribute("{0} must be names and values of other settings with semicolons between, such as READERS=textract,tesseract;SECOND_READING=false.")
{
    public override bool IsValid(object? value) => Challenger.TryParse((string)value!, out _);
}

[AttributeUsage(AttributeTargets.Property)]
internal sealed class LimitsAttribute() : ValidationAttribute("{0} must be limits with commas between, such as textract=10/4/60: calls a second, calls at once, seconds that a call may take.")
{
    public override bool IsValid(object? value) => LimitsOfProviders.TryParse((string)value!, out _);
}

/// <summary>What Npgsql can connect with.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ConnectionStringAttribute() : ValidationAttribute("{0} must be a connection string of Postgres, such as Host=127.0.0.1;Port=5432;Database=claims;Username=docpipeline;Password=...")
{
    public override bool IsValid(object? value)
    {
        try
        {
            return value is null || new NpgsqlConnectionStringBuilder((string)value).Port is >= 1 and <= 65535;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
        {
            return false;
        }
    }
}

/// <summary>Names of topics with commas between.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TopicsAttribute() : ValidationAttribute("{0} must be topics with commas between, such as arn:aws:sns:eu-central-1:123456789012:claims.")
{
    public override bool IsValid(object? value) => Lists.Of((string)value!).All(SnsMessage.IsTopic);
}

/// <summary>An address that HTTP can ask.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WebAddressAttribute() : ValidationAttribute("{0} must be an address such as http://127.0.0.1:9000.")
{
    public override bool IsValid(object? value) => value is "" || (Uri.TryCreate((string)value!, UriKind.Absolute, out var address) && address.Scheme is "http" or "https");
}

/// <summary>Address of a container.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ContainerAttribute() : ValidationAttribute("{0} must be an address such as https://ACCOUNT.blob.core.windows.net/CONTAINER.")
{
    public override bool IsValid(object? value) => value is "" || (Uri.TryCreate((string)value!, UriKind.Absolute, out var address) && DocPipeline.Azure.Buckets.BlobContainer.IsAddress(address));
}
