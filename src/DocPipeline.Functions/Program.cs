using DocPipeline.Functions;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.Services.AddShell(ShellSettings.Read(builder.Configuration));
builder.Build().Run();
