using System.Text.Json;
using System.Text.Json.Nodes;
using DocPipeline.Documents;
using DocPipeline.Durable;
using DocPipeline.Extract;
using DocPipeline.Functions.Tests.Files;
using DocPipeline.Functions.Tests.Model;
using DocPipeline.Ingest;
using DocPipeline.Pages;
using DocPipeline.Resolve;
using DocPipeline.Resolve.Ask;
using DocPipeline.Review;
using DocPipeline.Split;
using DocPipeline.Store;
using DocPipeline.Validate;
using DocPipeline.Workflow;

namespace DocPipeline.Functions.Tests.Shell;

/// <summary>What the embedded engine recorded of real documents, asked for by the shell's orchestration: the same steps under the same numbers, the same end.</summary>
public sealed class HistoryTests
{
    [Fact]
    public async Task The_orchestration_asks_for_the_steps_that_the_embedded_engine_recorded()
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Root, "tests", "DocPipeline.EndToEnd.Tests", "Histories"), $"{DocumentPipeline.Name.Name}-{DocumentPipeline.Name.Version}*.json");
        var workflows = files.SelectMany(file => JsonNode.Parse(File.ReadAllText(file))!.AsArray());
        var compared = 0;
        foreach (var workflow in workflows)
        {
            var steps = workflow!["steps"]!.AsArray().ToDictionary(step => (int)step!["step_no"]!, step => step!);
            var recorded = new Recorded(steps);
            var hub = new TaskHub();
            hub.AddOrchestrator<Submission, SubmissionOutcome>(DocumentPipeline.Name.Name, Orchestrations.RunAsync);
            recorded.AddTo(hub);
            var id = (string)workflow["instance"]!["instance_id"]!;
            hub.Start(DocumentPipeline.Name.Name, id, workflow["instance"]!["input"].Deserialize<Submission>(DurableOptions.DefaultJson)!);
            await hub.RunAsync(id, untilIdle: true);
            foreach (var step in steps.OrderBy(step => step.Key).Where(step => (string)step.Value["kind"]! == "event" && step.Value["result"]?["payload"] is not null))
            {
                hub.Raise(id, ReviewDecision.Event.Name, step.Value["result"]!["payload"].Deserialize<ReviewDecision>(DurableOptions.DefaultJson));
                await hub.RunAsync(id, untilIdle: true);
            }

            var end = hub.Find(id)!.End;
            var status = (string)workflow["instance"]!["status"]!;
            Assert.Equal((string)workflow["file"]! + " " + status, (string)workflow["file"]! + " " + (end is null ? "waiting" : end.Failure is null ? "completed" : "dead"));
            if (status == "completed")
            {
                Assert.Equal(workflow["instance"]!["output"].Deserialize<SubmissionOutcome>(DurableOptions.DefaultJson), JsonSerializer.Deserialize<SubmissionOutcome>(end!.Output!));
            }

            Assert.Equal(
                steps.Where(step => (string)step.Value["kind"]! == "activity").Select(step => $"{step.Key} {step.Value["name"]}").Order(StringComparer.Ordinal),
                recorded.Asked.Distinct().Order(StringComparer.Ordinal));
            compared++;
        }

        Assert.True(compared > 3, $"Only {compared} histories.");
    }

    private sealed class Recorded(Dictionary<int, JsonNode> steps)
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Asked { get; } = [];

        public void AddTo(TaskHub hub)
        {
            Add(hub, FlagDuplicate.Name);
            Add(hub, OpenFile.Name);
            Add(hub, RecognizePage.Name);
            Add(hub, SplitPages.Name);
            Add(hub, ExtractDocument.Name);
            Add(hub, ResolveClaim.Name);
            Add(hub, AskModel.Name);
            Add(hub, ValidateClaim.Name);
            Add(hub, RejectSubmission.Name);
            Add(hub, StoreClaim.Name);
            Add(hub, RecordReview.Name);
            hub.AddActivity<StepCall<Death>, StepResult<SubmissionOutcome>>(MarkDead.Name.Name, _ => Task.FromResult(new StepResult<SubmissionOutcome>(new(SubmissionStates.Dead, null), null, null)));
        }

        private void Add<TIn, TOut>(TaskHub hub, Activity<TIn, TOut> activity) => hub.AddActivity<StepCall<TIn>, StepResult<TOut>>(activity.Name, call =>
        {
            Asked.Enqueue($"{call.Step} {activity.Name}");
            var step = steps[call.Step];
            return Task.FromResult(step["failure"] is { } failure
                ? new StepResult<TOut>(default, failure.Deserialize<ActivityFailure>(DurableOptions.DefaultJson), null)
                : new StepResult<TOut>(step["result"].Deserialize<TOut>(DurableOptions.DefaultJson), null, null));
        });
    }
}
