using System.Text.Json;
using DocPipeline.Workflow;

namespace DocPipeline.Functions.Tests.Files;

/// <summary>The host reads host.json without complaining about what it does not know; so this does.</summary>
public sealed class HostFileTests
{
    // Names of the settings by path: https://learn.microsoft.com/azure/azure-functions/functions-host-json and
    // https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-bindings#host-json
    private static readonly Dictionary<string, JsonValueKind> Known = new()
    {
        ["version"] = JsonValueKind.String,
        ["functionTimeout"] = JsonValueKind.String,
        ["logging.logLevel.*"] = JsonValueKind.String,
        ["logging.applicationInsights.samplingSettings.isEnabled"] = JsonValueKind.True,
        ["logging.applicationInsights.samplingSettings.excludedTypes"] = JsonValueKind.String,
        ["extensions.blobs.maxDegreeOfParallelism"] = JsonValueKind.Number,
        ["extensions.blobs.poisonBlobThreshold"] = JsonValueKind.Number,
        ["extensions.durableTask.hubName"] = JsonValueKind.String,
        ["extensions.durableTask.defaultVersion"] = JsonValueKind.String,
        ["extensions.durableTask.versionMatchStrategy"] = JsonValueKind.String,
        ["extensions.durableTask.storageProvider.type"] = JsonValueKind.String,
        ["extensions.durableTask.storageProvider.connectionName"] = JsonValueKind.String,
        ["extensions.durableTask.storageProvider.partitionCount"] = JsonValueKind.Number,
        ["extensions.durableTask.storageProvider.maxQueuePollingInterval"] = JsonValueKind.String,
        ["extensions.durableTask.maxConcurrentActivityFunctions"] = JsonValueKind.Number,
        ["extensions.durableTask.maxConcurrentOrchestratorFunctions"] = JsonValueKind.Number,
        ["extensions.durableTask.overridableExistingInstanceStates"] = JsonValueKind.String,
        ["extensions.durableTask.useGracefulShutdown"] = JsonValueKind.True,
        ["extensions.durableTask.tracing.traceInputsAndOutputs"] = JsonValueKind.False,
    };

    private static readonly JsonElement Host = JsonElement.Parse(Repository.Read("host.json"));

    private static JsonElement DurableTask => Host.GetProperty("extensions").GetProperty("durableTask");

    [Fact]
    public void Every_setting_is_one_that_the_host_knows_and_none_is_missing()
    {
        var found = Leaves(Host, "").ToDictionary(leaf => leaf.Path, leaf => leaf.Kind);

        Assert.Equal(Known.Keys.Order(StringComparer.Ordinal), found.Keys.Order(StringComparer.Ordinal));
        Assert.All(found, leaf => Assert.Equal((leaf.Key, Known[leaf.Key]), (leaf.Key, leaf.Value)));
    }

    [Fact]
    public void Values_are_among_those_that_the_host_understands()
    {
        Assert.Contains(DurableTask.GetProperty("versionMatchStrategy").GetString(), new[] { "None", "Strict", "CurrentOrOlder" });
        Assert.Contains(DurableTask.GetProperty("overridableExistingInstanceStates").GetString(), new[] { "NonRunningStates", "AnyState" });
        Assert.Contains(DurableTask.GetProperty("storageProvider").GetProperty("type").GetString(), new[] { "AzureStorage", "mssql", "azureManaged" });
        Assert.InRange(DurableTask.GetProperty("storageProvider").GetProperty("partitionCount").GetInt32(), 1, 16);
        Assert.Matches("^[A-Za-z][A-Za-z0-9]{2,44}$", DurableTask.GetProperty("hubName").GetString());
        Assert.True(TimeSpan.Parse(DurableTask.GetProperty("storageProvider").GetProperty("maxQueuePollingInterval").GetString()!) > TimeSpan.Zero);
    }

    [Fact]
    public void A_step_may_take_as_long_as_its_policy_says() =>
        Assert.True(TimeSpan.Parse(Host.GetProperty("functionTimeout").GetString()!) > RetryPolicy.Default.Timeout + TimeSpan.FromMinutes(1));

    [Fact]
    public void The_connection_of_the_hub_is_among_the_local_settings()
    {
        var values = JsonElement.Parse(Repository.Read("local.settings.sample.json")).GetProperty("Values");

        Assert.True(values.TryGetProperty(DurableTask.GetProperty("storageProvider").GetProperty("connectionName").GetString()!, out _));
        Assert.All(values.EnumerateObject(), value => Assert.Equal(JsonValueKind.String, value.Value.ValueKind));
    }

    private static IEnumerable<(string Path, JsonValueKind Kind)> Leaves(JsonElement element, string path) => element.ValueKind == JsonValueKind.Object
        ? element.EnumerateObject().SelectMany(property => Leaves(property.Value, path == "logging.logLevel" ? path + ".*" : path.Length == 0 ? property.Name : path + "." + property.Name)).DistinctBy(leaf => leaf.Item1)
        : [(path, element.ValueKind)];
}
