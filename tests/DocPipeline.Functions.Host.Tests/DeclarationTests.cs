using DocPipeline.Functions.Tests.Files;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DocPipeline.Functions.Host.Tests;

/// <summary>What the solution's tests declare by hand, compared with the packages: every type and every member is there, and reads the same.</summary>
public sealed class DeclarationTests
{
    private static readonly MetadataReference[] Assemblies =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];

    // Without annotations of nullability and modifiers: a declaration may be abstract where the framework is virtual, and the other way round.
    private static readonly SymbolDisplayFormat Form = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        memberOptions: SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeContainingType | SymbolDisplayMemberOptions.IncludeConstantValue,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeParamsRefOut | SymbolDisplayParameterOptions.IncludeExtensionThis,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor);

    [Fact]
    public void Every_declaration_is_one_of_the_packages()
    {
        var folder = Path.Combine(Repository.Root, "tests", "DocPipeline.Functions.Tests", "Declarations");
        const string Usings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;";
        var trees = Directory.GetFiles(folder, "*.cs").Select(File.ReadAllText).Append(Usings).Select(text => CSharpSyntaxTree.ParseText(text, cancellationToken: TestContext.Current.CancellationToken));
        var framework = Assemblies.Where(assembly => Path.GetFileName(assembly.Display!).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(assembly.Display!) == "netstandard.dll");
        var declared = CSharpCompilation.Create("declared", trees, framework, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var real = CSharpCompilation.Create("real", [], Assemblies);
        Assert.Empty(declared.GetDiagnostics(TestContext.Current.CancellationToken).Where(one => one.Severity == DiagnosticSeverity.Error));

        var wrong = new List<string>();
        var compared = 0;
        foreach (var type in TypesOf(declared.Assembly.GlobalNamespace))
        {
            var name = type.ContainingNamespace.ToDisplayString() + "." + type.MetadataName;
            if (real.GetTypesByMetadataName(name).FirstOrDefault(one => one.DeclaredAccessibility == Accessibility.Public) is not { } known)
            {
                wrong.Add($"no type {name}");
                continue;
            }

            var members = MembersOf(known).Select(Text).ToHashSet();
            var missing = MembersOf(type).Where(member => !member.IsImplicitlyDeclared).Select(Text).Where(member => !members.Contains(member)).ToList();
            wrong.AddRange(missing);
            // Whoever derives from it here must be able to derive from the real one.
            wrong.AddRange(MembersOf(known).Where(member => type.IsAbstract && !type.IsStatic && member.IsAbstract && !member.IsImplicitlyDeclared && type.Name is "HttpRequestData" or "HttpResponseData" or "FunctionContext")
                .Where(member => !MembersOf(type).Select(Text).Contains(Text(member))).Where(member => member.Kind != SymbolKind.Method || ((IMethodSymbol)member).MethodKind == MethodKind.Ordinary).Select(member => "not declared: " + Text(member)));
            compared += members.Count;
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(compared > 100, $"Only {compared} members.");
    }

    private static string Text(ISymbol symbol) => symbol.ToDisplayString(Form);

    private static IEnumerable<ISymbol> MembersOf(INamedTypeSymbol type) =>
        type.GetMembers().Where(member => member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected && member is not IMethodSymbol { AssociatedSymbol: not null });

    private static IEnumerable<INamedTypeSymbol> TypesOf(INamespaceSymbol space) => space.GetTypeMembers().Concat(space.GetNamespaceMembers().SelectMany(TypesOf));
}
