using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

#pragma warning disable CA5351 // The file format prescribes MD5; nothing is kept secret with it.

namespace DocPipeline.Samples.Drawing;

/// <summary>
/// The standard security handler, revision 3, RC4 with 128 bits (PDF 1.4, section 3.5). It protects nothing today;
/// it is here because a file that asks for a password must be told from a broken one.
/// </summary>
internal sealed class PdfPassword
{
    private const int Permissions = -4;

    private static readonly byte[] Padding =
        Convert.FromHexString("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A");

    private readonly byte[] key;

    public PdfPassword(string user, string owner)
    {
        var id = MD5.HashData(Encoding.Latin1.GetBytes(user + owner));
        FileId = Convert.ToHexString(id);
        var ownerEntry = OwnerEntry(user, owner);
        var permissions = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(permissions, Permissions);
        key = Repeat50(MD5.HashData([.. Pad(user), .. ownerEntry, .. permissions, .. id]));
        var userEntry = Repeat20(MD5.HashData([.. Padding, .. id]), key);
        Dictionary = "<< /Filter /Standard /V 2 /R 3 /Length 128 " +
            $"/O <{Convert.ToHexString(ownerEntry)}> /U <{Convert.ToHexString(userEntry)}{new string('0', 32)}> /P {Permissions} >>";
    }

    public string FileId { get; }

    public string Dictionary { get; }

    /// <summary>Encrypts a stream of the object with this number and generation 0.</summary>
    public byte[] Encrypt(int objectNumber, byte[] data)
    {
        var objectKey = MD5.HashData([.. key, (byte)objectNumber, (byte)(objectNumber >> 8), (byte)(objectNumber >> 16), 0, 0]);
        return Rc4(objectKey, data);
    }

    private static byte[] OwnerEntry(string user, string owner) => Repeat20(Pad(user), Repeat50(MD5.HashData(Pad(owner))));

    private static byte[] Repeat50(byte[] hash)
    {
        for (var i = 0; i < 50; i++)
        {
            hash = MD5.HashData(hash);
        }

        return hash;
    }

    private static byte[] Repeat20(byte[] data, byte[] baseKey)
    {
        for (var i = 0; i < 20; i++)
        {
            data = Rc4([.. baseKey.Select(b => (byte)(b ^ i))], data);
        }

        return data;
    }

    private static byte[] Pad(string password) => [.. Encoding.Latin1.GetBytes(password).Concat(Padding).Take(32)];

    private static byte[] Rc4(byte[] key, byte[] data)
    {
        var state = new byte[256];
        for (var i = 0; i < 256; i++)
        {
            state[i] = (byte)i;
        }

        for (int i = 0, j = 0; i < 256; i++)
        {
            j = (j + state[i] + key[i % key.Length]) & 255;
            (state[i], state[j]) = (state[j], state[i]);
        }

        var output = new byte[data.Length];
        for (int n = 0, i = 0, j = 0; n < data.Length; n++)
        {
            i = (i + 1) & 255;
            j = (j + state[i]) & 255;
            (state[i], state[j]) = (state[j], state[i]);
            output[n] = (byte)(data[n] ^ state[(state[i] + state[j]) & 255]);
        }

        return output;
    }
}
