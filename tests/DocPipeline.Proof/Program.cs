using DocPipeline.Proof;

return await DocPipeline.Proof.CommandLine.RunAsync(args);
