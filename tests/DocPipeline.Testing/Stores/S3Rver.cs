using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace DocPipeline.Testing.Stores;

/// <summary>
/// s3rver: the S3 protocol over a folder. Objects are put there as files, which is what it makes of a PUT; everything else goes by the protocol. It keeps no versions,
/// looks at no If-Match, and of a signature only at whose it is. A listing walks over the whole bucket: tests that change something have one of their own.
/// </summary>
public sealed class S3Rver : IAsyncDisposable
{
    public const string AccessKey = "S3RVER";
    public const string SecretKey = "S3RVER";

    private readonly DirectoryInfo _folder;
    private readonly StoreProgram _program;

    private S3Rver(DirectoryInfo folder, StoreProgram program) => (_folder, _program) = (folder, program);

    public Uri Address => _program.Address;

    public static async Task<S3Rver> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("docpipeline-s3rver-");
        return new(folder, await StoreProgram.StartAsync("s3rver/bin/s3rver.js", "S3rver listening on ", "-d", folder.FullName, "-p", "0", "--silent"));
    }

    /// <returns>The name of a new bucket.</returns>
    public string Create() => _folder.CreateSubdirectory($"b{Guid.NewGuid():N}").Name;

    /// <returns>The ETag, as a message about the object would tell it.</returns>
    public string Put(string bucket, string key, string text)
    {
        var file = FileOf(bucket, key);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        var etag = ETagOf(text);
        File.WriteAllText(file + ".md5", etag);
        return etag;
    }

    public void Remove(string bucket, string key) => File.Delete(FileOf(bucket, key));

    public async ValueTask DisposeAsync()
    {
        await _program.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "The ETag of S3 is an MD5.")]
    private static string ETagOf(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));

    private string FileOf(string bucket, string key) => Path.Combine(_folder.FullName, bucket, key) + "._S3rver_object";
}
