using DocPipeline.EndToEnd.Tests.Machine;
using DocPipeline.Proof.Bench.Api;

namespace DocPipeline.EndToEnd.Tests.Api;

/// <summary>A running server over invented claims.</summary>
public sealed class ApiMachine : IAsyncLifetime
{
    public const int Claims = 230;

    private ServerProgram _program = null!;

    public ServerMachine Machine { get; } = new();

    public HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Machine.InitializeAsync();
        Machine.Settings["DOCPIPELINE_MAX_FILE_MB"] = "1";
        await SeededClaims.AddAsync(Machine.Owner, 1, Claims, CancellationToken.None);
        await Machine.ExecuteAsync("""
            INSERT INTO docpipeline.provider_call (id, provider, step, content, purse, submission_id, sent_at, day, ended_at, outcome, model, units, usd, priced, counted, prices)
            SELECT gen_random_uuid(), 'textract', 'recognize-page', content, 'claims', submission_id, '2026-01-05T09:30Z', '2026-01-05', '2026-01-05T09:31Z', 'answered', 'DetectDocumentText', '{"page": 1}', 0.0015, true, 0.0015, 'test'
            FROM docpipeline.claim LIMIT 120;
            INSERT INTO docpipeline.provider_call (id, provider, step, content, purse, sent_at, day, usd, priced, counted, prices)
            SELECT gen_random_uuid(), 'textract', 'recognize-page', content, 'comparisons', '2026-01-06T09:30Z', '2026-01-06', 0, false, 0.01, 'test' FROM docpipeline.claim LIMIT 1;
            INSERT INTO docpipeline.review_action (submission_id, version, kind, by, changes)
            SELECT submission_id, max(seq), 'first_approval', 'a.example', '[{"field": "total_amount", "from": "1.00", "to": "2.00", "page": 1}]' FROM docpipeline.audit GROUP BY submission_id
            """);
        (_program, Client) = await Machine.ServeAsync();
        Client.DefaultRequestHeaders.Authorization = new("Bearer", await KeyAsync("everything", "read", "upload", "export", "webhooks"));
    }

    public async Task<string> KeyAsync(string name, params string[] scopes)
    {
        var created = await Machine.RunAsync(["apikey", "create", name, "--scope", .. scopes]);
        Assert.True(created.ExitCode == 0, created.Errors);
        return created.Output.Trim();
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (_program is not null)
        {
            await _program.DisposeAsync();
        }

        await Machine.DisposeAsync();
    }
}
