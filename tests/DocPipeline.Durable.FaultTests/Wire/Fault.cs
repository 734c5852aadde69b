namespace DocPipeline.Durable.FaultTests.Wire;

/// <summary>What may happen to one round trip.</summary>
public enum Fault
{
    None,

    /// <summary>The connection breaks before the server has seen anything of it.</summary>
    CutBefore,

    /// <summary>The server has done it (outside of a transaction: committed it), and the connection breaks before the reply.</summary>
    LoseReply,

    /// <summary>As <see cref="CutBefore"/>, and the engine never reaches the database again: to everybody else its process has died.</summary>
    VanishBefore,

    /// <summary>As <see cref="LoseReply"/>, and the engine never reaches the database again.</summary>
    VanishAfter,
}
