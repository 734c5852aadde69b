using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace DocPipeline.Workflow;

/// <summary>A database effect of an activity. It runs inside the transaction that records the step.</summary>
public delegate Task DatabaseEffect(NpgsqlTransaction transaction, CancellationToken cancellationToken);

/// <summary>What an activity may know of the step it runs for, and where it leaves its database effect.</summary>
public sealed class ActivityContext(string instanceId, int stepNumber, int attempt, string idempotencyKey)
{
    public string InstanceId { get; } = instanceId;

    public int StepNumber { get; } = stepNumber;

    /// <summary>1 for the first attempt.</summary>
    public int Attempt { get; } = attempt;

    /// <summary>Lower-case hex SHA-256 of instance and step: the same on every attempt. Effects outside the database carry it.</summary>
    public string IdempotencyKey { get; } = idempotencyKey;

    /// <summary>The <see cref="IdempotencyKey"/> of a step, the same on every engine.</summary>
    public static string KeyOf(string instanceId, int stepNumber) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{instanceId}/{stepNumber}")));

    /// <summary>The effect left by <see cref="CommitWith"/>, or null.</summary>
    public DatabaseEffect? Effect { get; private set; }

    /// <summary>
    /// Leaves a database effect that commits together with the record of this step, or not at all.
    /// The activity must not open a transaction of its own for it: none is ever open while an activity runs.
    /// </summary>
    public void CommitWith(DatabaseEffect effect)
    {
        if (Effect is not null)
        {
            throw new InvalidOperationException("An activity leaves one database effect. Put both into one.");
        }

        Effect = effect;
    }
}
