using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace DocPipeline.Analyzers;

/// <summary>
/// Workflow code runs again from the top after every wait and every crash, so it must be deterministic. Workflow code is every
/// type that implements <c>DocPipeline.Workflow.IWorkflow&lt;TIn, TOut&gt;</c> and every method or lambda that takes an
/// <c>IWorkflowContext</c>. Helpers that it calls are not followed: give them the context, or keep them pure.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class WorkflowCodeAnalyzer : DiagnosticAnalyzer
{
    public const string Id = "DPW001";

    private static readonly DiagnosticDescriptor Rule = new(
        Id, "Workflow code must be deterministic", "'{0}' is not allowed in workflow code: {1}", "DocPipeline.Workflow", DiagnosticSeverity.Error, isEnabledByDefault: true);

    private const string Clock = "take the time from IWorkflowContext.Now";
    private const string Task = "await only what comes from IWorkflowContext";
    private const string Random = "a replay would see another value; draw it in an activity";
    private const string Outside = "reach the outside world through an activity";

    // Whole namespaces (and what is below them), then types, then members. The longest match wins; null allows.
    private static readonly Dictionary<string, string?> Banned = new(StringComparer.Ordinal)
    {
        ["System.IO"] = Outside,
        ["System.Net"] = Outside,
        ["System.Data"] = Outside,
        ["System.Diagnostics.Process"] = Outside,
        ["System.Diagnostics.Stopwatch"] = Clock,
        ["System.Console"] = Outside,
        ["System.Environment"] = Outside,
        ["System.Threading"] = Task,
        ["System.Threading.CancellationToken"] = null,
        ["System.Threading.Tasks.Task"] = Task,
        ["System.Threading.Tasks.Task.CompletedTask"] = null,
        ["System.Threading.Tasks.Task.FromResult"] = null,
        ["System.Threading.Tasks.Task.FromException"] = null,
        ["System.Threading.Tasks.Task.WhenAll"] = null,
        ["System.TimeProvider"] = Clock,
        ["System.DateTime.Now"] = Clock,
        ["System.DateTime.UtcNow"] = Clock,
        ["System.DateTime.Today"] = Clock,
        ["System.DateTimeOffset.Now"] = Clock,
        ["System.DateTimeOffset.UtcNow"] = Clock,
        ["System.Guid.NewGuid"] = Random,
        ["System.Guid.CreateVersion7"] = Random,
        ["System.Random"] = Random,
        ["System.Security.Cryptography.RandomNumberGenerator"] = Random,
        ["Npgsql"] = Outside,
        ["Microsoft.Extensions.Logging"] = Outside,
    };

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => ImmutableArray.Create(Rule);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            var workflow = start.Compilation.GetTypeByMetadataName("DocPipeline.Workflow.IWorkflow`2");
            var port = start.Compilation.GetTypeByMetadataName("DocPipeline.Workflow.IWorkflowContext");
            if (workflow is null || port is null)
            {
                return;
            }

            start.RegisterOperationAction(
                operation => Check(operation, workflow, port),
                OperationKind.Invocation, OperationKind.PropertyReference, OperationKind.ObjectCreation, OperationKind.MethodReference, OperationKind.FieldReference);
        });
    }

    private static void Check(OperationAnalysisContext context, INamedTypeSymbol workflow, INamedTypeSymbol port)
    {
        var used = context.Operation switch
        {
            IInvocationOperation invocation => invocation.TargetMethod,
            IPropertyReferenceOperation property => property.Property,
            IFieldReferenceOperation field => field.Field,
            IMethodReferenceOperation method => method.Method,
            IObjectCreationOperation creation => (ISymbol?)creation.Constructor,
            _ => null,
        };
        if (used is not null && Reason(used) is { } reason && IsWorkflowCode(context, workflow, port))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, context.Operation.Syntax.GetLocation(), used.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat), reason));
        }
    }

    private static string? Reason(ISymbol used)
    {
        // A task's own ConfigureAwait, ContinueWith, Wait, Result ... count as members of Task; so do those of Task<T>.
        for (var symbol = used.OriginalDefinition; symbol is not null and not INamespaceSymbol { IsGlobalNamespace: true }; symbol = (ISymbol?)symbol.ContainingType ?? symbol.ContainingNamespace)
        {
            if (Banned.TryGetValue(Name(symbol), out var reason))
            {
                return reason;
            }
        }

        return null;
    }

    private static string Name(ISymbol symbol) => symbol switch
    {
        INamespaceSymbol or INamedTypeSymbol => symbol.ToDisplayString(Plain),
        _ => $"{symbol.ContainingType?.ToDisplayString(Plain)}.{symbol.Name}",
    };

    private static readonly SymbolDisplayFormat Plain = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces, genericsOptions: SymbolDisplayGenericsOptions.None);

    private static bool IsWorkflowCode(OperationAnalysisContext context, INamedTypeSymbol workflow, INamedTypeSymbol port)
    {
        bool TakesPort(IMethodSymbol method) => method.Parameters.Any(parameter => SymbolEqualityComparer.Default.Equals(parameter.Type, port));

        for (var operation = context.Operation; operation is not null; operation = operation.Parent)
        {
            var function = (operation as IAnonymousFunctionOperation)?.Symbol ?? (operation as ILocalFunctionOperation)?.Symbol;
            if (function is not null && TakesPort(function))
            {
                return true;
            }
        }

        if (context.ContainingSymbol is IMethodSymbol inside && TakesPort(inside))
        {
            return true;
        }

        for (var type = context.ContainingSymbol.ContainingType; type is not null; type = type.ContainingType)
        {
            // The engine's own context is the one place that makes the port's tasks.
            if (type.AllInterfaces.Any(implemented => SymbolEqualityComparer.Default.Equals(implemented.OriginalDefinition, workflow)))
            {
                return true;
            }
        }

        return false;
    }
}
