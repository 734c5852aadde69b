using DocPipeline.Server.Cli;

return await CommandLine.RunAsync(args);
