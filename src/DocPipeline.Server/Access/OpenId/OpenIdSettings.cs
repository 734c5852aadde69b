using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Reflection;
using DocPipeline.Server.Hosting;
using Microsoft.Extensions.Configuration;

namespace DocPipeline.Server.Access.OpenId;

/// <summary>The provider at which people may sign in. README.md says what each setting means; without an issuer there is no provider.</summary>
internal sealed record OpenIdSettings
{
    [ConfigurationKeyName("OPENID_ISSUER")]
    public string? Issuer { get; init; }

    [ConfigurationKeyName("OPENID_AUTHORIZATION_ENDPOINT")]
    [Endpoint]
    public string? AuthorizationEndpoint { get; init; }

    [ConfigurationKeyName("OPENID_TOKEN_ENDPOINT")]
    [Endpoint]
    public string? TokenEndpoint { get; init; }

    [ConfigurationKeyName("OPENID_USERINFO_ENDPOINT")]
    [Endpoint]
    public string? UserInfoEndpoint { get; init; }

    [ConfigurationKeyName("OPENID_CLIENT_ID")]
    public string? ClientId { get; init; }

    [ConfigurationKeyName("OPENID_CLIENT_SECRET")]
    public string? ClientSecret { get; init; }

    [ConfigurationKeyName("OPENID_ROLES")]
    [RoleMap]
    public string? Roles { get; init; }

    [ConfigurationKeyName("OPENID_ROLE_CLAIM")]
    [Required]
    public string RoleClaim { get; init; } = "groups";

    [ConfigurationKeyName("OPENID_NAME_CLAIM")]
    [Required]
    public string NameClaim { get; init; } = "preferred_username";

    [ConfigurationKeyName("OPENID_SCOPES")]
    [Required]
    public string Scopes { get; init; } = "openid profile";

    [ConfigurationKeyName("OPENID_TITLE")]
    [Required]
    public string Title { get; init; } = "your organisation";

    [ConfigurationKeyName("OPENID_TIMEOUT_SECONDS")]
    [Range(0.1, 60)]
    public double TimeoutSeconds { get; init; } = 10;

    public bool IsOn => !string.IsNullOrEmpty(Issuer);

    /// <summary>The greatest role that one of these groups has; null if none has any.</summary>
    public string? RoleOf(IReadOnlySet<string> groups)
    {
        var roles = Parse(Roles ?? "").Where(pair => groups.Contains(pair.Group)).Select(pair => pair.Role).ToHashSet();
        return Access.Roles.All.LastOrDefault(roles.Contains);
    }

    /// <summary>Half a provider is none: those settings that lack their others.</summary>
    public IEnumerable<string> Mistakes()
    {
        var together = new[] { nameof(Issuer), nameof(AuthorizationEndpoint), nameof(TokenEndpoint), nameof(UserInfoEndpoint), nameof(ClientId), nameof(ClientSecret), nameof(Roles) }
            .Select(name => typeof(OpenIdSettings).GetProperty(name)!)
            .ToLookup(property => !string.IsNullOrEmpty((string?)property.GetValue(this)), property => ServerSettings.Prefix + property.GetCustomAttribute<ConfigurationKeyNameAttribute>()!.Name);
        return together[true].Any() ? together[false].Select(missing => $"{missing} is missing: people can sign in at a provider only with all of them.") : [];
    }

    // A group may be an LDAP name with commas and equals signs of its own.
    private static IEnumerable<(string Group, string Role)> Parse(string map) =>
        from pair in map.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        let end = pair.LastIndexOf('=')
        select (pair[..Math.Max(end, 0)].Trim(), pair[(end + 1)..].Trim());

    [AttributeUsage(AttributeTargets.Property)]
    private sealed class RoleMapAttribute() : ValidationAttribute("{0} must be groups and their roles (reader, reviewer, supervisor, admin), such as claims-team=reviewer;claims-leads=supervisor.")
    {
        public override bool IsValid(object? value) => Parse((string?)value ?? "").All(pair => pair.Group.Length > 0 && Access.Roles.All.Contains(pair.Role));
    }

    [AttributeUsage(AttributeTargets.Property)]
    private sealed class EndpointAttribute() : ValidationAttribute("{0} must be an address with https:// (or http://127.0.0.1 on this machine).")
    {
        public override bool IsValid(object? value) => string.IsNullOrEmpty((string?)value)
            || (Uri.TryCreate((string)value, UriKind.Absolute, out var address) && address.Fragment.Length == 0 && address.UserInfo.Length == 0
                && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && IPAddress.TryParse(address.Host, out var host) && IPAddress.IsLoopback(host))));
    }
}
