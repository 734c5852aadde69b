using DocPipeline.Samples.Catalogue;

return CommandLine.Run(args);
