using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DocPipeline.Server.Access.OpenId;

/// <summary>What the provider says about who signs in.</summary>
/// <param name="Subject">The provider's name for the person, which never changes and is never given to another one.</param>
/// <param name="Name">For a new account: 1 to 100 characters without blanks, so that nobody is called like an operator or a key.</param>
/// <param name="Role">The greatest one that the groups give; null for none.</param>
internal sealed record ProvidedPerson(string Subject, string Name, string? Role)
{
    private const int LongestSubject = 255;
    private const int LongestName = 100;

    /// <exception cref="JsonException">That is no answer of a userinfo endpoint.</exception>
    public static ProvidedPerson Parse(ReadOnlyMemory<byte> userInfo, OpenIdSettings settings)
    {
        using var document = JsonDocument.Parse(userInfo, new() { AllowDuplicateProperties = false });
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || TextOf(root, "sub") is not { Length: > 0 and <= LongestSubject } subject || subject.Any(char.IsControl))
        {
            throw new JsonException("The userinfo is no object with a member 'sub' of 1 to 255 characters.");
        }

        var name = NameOf(TextOf(root, settings.NameClaim) ?? "");
        return new(subject, name.Length > 0 ? name : NameOf(subject), settings.RoleOf(GroupsOf(root, settings.RoleClaim)));
    }

    private static string? TextOf(JsonElement root, string member) =>
        root.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static HashSet<string> GroupsOf(JsonElement root, string member) =>
        !root.TryGetProperty(member, out var value) ? []
        : value.ValueKind == JsonValueKind.String ? [value.GetString()!]
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Where(group => group.ValueKind == JsonValueKind.String).Select(group => group.GetString()!)]
        : [];

    // What cannot be seen could make two names look like one.
    private static string NameOf(string text)
    {
        var seen = string.Concat(text.Normalize(NormalizationForm.FormC).EnumerateRunes()
            .Where(rune => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format))
            .Select(rune => Rune.IsWhiteSpace(rune) ? "." : rune.ToString()));
        return seen.Trim('.') is { Length: > LongestName } name ? name[..(char.IsHighSurrogate(name[LongestName - 1]) ? LongestName - 1 : LongestName)] : seen.Trim('.');
    }
}
