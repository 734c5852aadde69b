namespace DocPipeline.Server.Cli;

/// <summary>What the process says when it ends. Scripts depend on these numbers: never change one.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>The command did its work, but not every document came through it, or something it looked at is not as it must be.</summary>
    public const int SomeDocumentsFailed = 1;

    /// <summary>The command line makes no sense.</summary>
    public const int Usage = 2;

    /// <summary>The machine or the settings are at fault: no database, a program missing, a folder that cannot be written.</summary>
    public const int Environment = 3;

    /// <summary>Stopped by Ctrl-C or by a signal, as shells count it.</summary>
    public const int Interrupted = 130;

    public const string Help =
        """
        Exit codes:
          0    everything went well
          1    the command did its work, but some documents failed, or something does not hold
          2    the command line makes no sense
          3    the machine or the settings are at fault, such as a database that does not answer
          130  stopped by Ctrl-C
        """;
}
