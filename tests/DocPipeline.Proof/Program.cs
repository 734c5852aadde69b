using DocPipeline.Proof;

return await CommandLine.RunAsync(args);
