using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DocPipeline.OcrWorker;

/// <summary>
/// Leptonica answers alike when it gets no memory and when a picture is broken, and says the difference on standard error only. Here its messages are listened to,
/// and go no further: they may quote the document.
/// </summary>
internal static unsafe class PixMemory
{
    /// <summary>Whether memory was refused. Nothing sets it back but who begins a request, of which there is one at a time.</summary>
    public static bool HasRunOut { get; set; }

    /// <summary>From now on.</summary>
    public static void Watch()
    {
        Leptonica.leptSetStderrHandler(&Hear);
        _ = Leptonica.setMsgSeverity(Leptonica.ErrorMessages);
    }

    // "calloc fail for data", "pixdata_malloc fail for data" and their like: one wording in all of leptonica.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Hear(byte* message) => HasRunOut |= MemoryMarshal.CreateReadOnlySpanFromNullTerminated(message).IndexOf("alloc fail"u8) >= 0;
}
