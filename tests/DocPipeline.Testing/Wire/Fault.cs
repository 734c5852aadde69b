namespace DocPipeline.Testing.Wire;

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

    /// <summary>Packets of this connection are dropped from now on, in both directions, and nobody is told: not even that the other side has gone.</summary>
    FallSilent,

    /// <summary>The server has done it; in the middle of its reply packets begin to be dropped as in <see cref="FallSilent"/>.</summary>
    FallSilentInReply,

    /// <summary>As <see cref="FallSilent"/>, but the network delivers the request after all, when the client has given up and gone.</summary>
    DeliverLate,
}
