namespace DocPipeline.Azure.Buckets;

/// <summary>Where a container is: in the name of the host on Azure, in the path on an emulator.</summary>
/// <param name="Container">Without a slash at its end.</param>
internal sealed record BlobAddress(Uri Container, string Account, string Name)
{
    /// <exception cref="ArgumentException">It is no address of a container.</exception>
    public static BlobAddress Of(Uri address) =>
        TryRead(address) ?? throw new ArgumentException($"'{address}' is no address of a container. It must be like https://ACCOUNT.blob.core.windows.net/CONTAINER.", nameof(address));

    public static BlobAddress? TryRead(Uri address)
    {
        var parts = address.AbsolutePath.Trim('/').Split('/', StringSplitOptions.RemoveEmptyEntries);
        var isAccountInHost = address.HostNameType == UriHostNameType.Dns && address.Host.Contains('.', StringComparison.Ordinal);
        return address.Scheme is "https" or "http" && address.Query.Length == 0 && parts.Length == (isAccountInHost ? 1 : 2)
            ? new(new Uri(address.AbsoluteUri.TrimEnd('/')), isAccountInHost ? address.Host.Split('.')[0] : parts[0], parts[^1])
            : null;
    }

    /// <exception cref="ArgumentException">The name cannot be asked for: a segment of it would be taken for a step in the path.</exception>
    public Uri Blob(string name)
    {
        var path = string.Join('/', name.Split('/').Select(Uri.EscapeDataString));
        var blob = new Uri($"{Container.AbsoluteUri}/{path}");
        return blob.AbsolutePath == $"{Container.AbsolutePath}/{path}" ? blob : throw new ArgumentException($"The name '{name}' cannot be asked for by HTTP.", nameof(name));
    }
}
