/** Whether less or more of a metric is better. */
export type Mode = "min" | "max";

const LESS = words(
  "loss error err errors rmse mse mae mape smape msle nll perplexity ppl deviance bic aic logloss brier wer cer fid kl regret",
);
const MORE = words(
  "acc accuracy f1 auc auroc auprc ap map r2 score precision recall sensitivity specificity kappa mcc bleu rouge iou dice " +
    "reward return ndcg likelihood ll",
);

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(" "));
}

/** What a metric's name tells of it: `val_loss` → less is better; `undefined` if it tells nothing. */
export function modeOf(metric: string): Mode | undefined {
  const parts = metric.replace(/([a-z])([A-Z])/g, "$1_$2").toLowerCase().split(/[^a-z0-9]+/);
  const told = parts.findLast((part) => LESS.has(part) || MORE.has(part));
  if (told === undefined) return undefined;
  // scikit-learn turns the sign of what is to be small.
  return MORE.has(told) || parts[0] === "neg" ? "max" : "min";
}
